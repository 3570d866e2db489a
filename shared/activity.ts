import * as z from 'zod'
import { DecisionView } from './decision.ts'
import { AtMs, KeyId, ModelId } from './identity.ts'
import { KeyState } from './key.ts'
import { NotedHeaders, OutcomeKind } from './outcome.ts'
import { RequestView } from './request.ts'

/** `rotated`: its first key failed and another one served it. `open`: it runs or waits. */
export const resultFilters = ['served', 'rotated', 'failed', 'cancelled', 'open'] as const
export const ResultFilter = z.enum(resultFilters)
export type ResultFilter = z.infer<typeof ResultFilter>

/** What is true of every request that is shown. Null asks nothing. */
export const RequestFilter = z.object({
  modelId: ModelId.nullable(),
  /** At least one attempt used this key. */
  keyId: KeyId.nullable(),
  client: z.string().max(256).nullable(),
  result: ResultFilter.nullable(),
  /** At least one attempt came to this. */
  outcome: OutcomeKind.nullable(),
  /** Began in [fromMs, toMs). */
  fromMs: AtMs.nullable(),
  toMs: AtMs.nullable(),
  /** Every word occurs in an id, a label, a name, a code or in what a provider said. */
  text: z.string().max(200),
})
export type RequestFilter = z.infer<typeof RequestFilter>

export const noFilter: RequestFilter = {
  modelId: null,
  keyId: null,
  client: null,
  result: null,
  outcome: null,
  fromMs: null,
  toMs: null,
  text: '',
}

/** A request as the journal keeps it. Positions grow with time and are never used twice. */
export const JournalEntry = RequestView.extend({
  position: z.number().int(),
  /** In millionths of a US dollar; null when there is no usage or the price is not known. */
  costMicros: z.number().int().nullable(),
})
export type JournalEntry = z.infer<typeof JournalEntry>

export const PageQuery = z.object({
  filter: RequestFilter,
  /** Only what lies beyond this position, in the direction; null begins at that direction's start. */
  position: z.number().int().nullable(),
  direction: z.enum(['older', 'newer']),
  limit: z.number().int().min(1).max(200),
})
export type PageQuery = z.infer<typeof PageQuery>

/** A page looks for a bounded time, so it may hold fewer than were asked for although `next` says that there is more. */
export const RequestPage = z.object({
  /** In the direction that was asked for: newest first for `older`, oldest first for `newer`. */
  requests: z.array(JournalEntry),
  /** Where to go on; null at the end. */
  next: z.number().int().nullable(),
  /** The oldest and the newest position there is, whatever the filter; null when nothing is kept. */
  range: z.object({ oldest: z.number().int(), newest: z.number().int() }).nullable(),
})
export type RequestPage = z.infer<typeof RequestPage>

/** Counted as far as that is quick, and from a sample beyond. */
export const RequestCount = z.object({ count: z.number().int(), exact: z.boolean() })
export type RequestCount = z.infer<typeof RequestCount>

export const RecordedText = z.object({
  text: z.string(),
  /** There was more of it. */
  cut: z.boolean(),
})
export type RecordedText = z.infer<typeof RecordedText>

/** Null where there were no words, as in a form with a file. */
export const RequestTexts = z.object({ asked: RecordedText.nullable(), answered: RecordedText.nullable() })
export type RequestTexts = z.infer<typeof RequestTexts>

export const RequestDetail = z.object({
  request: JournalEntry,
  /** Why each attempt's key was chosen, where that was recorded. */
  decisions: z.array(z.object({ number: z.number().int(), decision: DecisionView })),
  /** What the provider's headers said at each attempt whose answer had any that matter. */
  headers: z.array(z.object({ number: z.number().int(), headers: NotedHeaders })),
  /** The prompt and the answer, redacted; null where they were not recorded. */
  texts: RequestTexts.nullable(),
})
export type RequestDetail = z.infer<typeof RequestDetail>

/** What filters may choose from: also models, keys and clients that are gone. */
export const JournalSubjects = z.object({
  models: z.array(z.object({ modelId: ModelId, name: z.string() })),
  keys: z.array(z.object({ modelId: ModelId, keyId: KeyId, label: z.string() })),
  clients: z.array(z.string()),
})
export type JournalSubjects = z.infer<typeof JournalSubjects>

/** A window of time over one model, or over all when it is null. */
export const Window = z
  .object({ modelId: ModelId.nullable(), fromMs: AtMs, toMs: AtMs })
  .refine(({ fromMs, toMs }) => fromMs < toMs && toMs - fromMs <= 400 * 24 * 3_600_000, 'window')
export type Window = z.infer<typeof Window>

const count = z.number().int()

export const Figures = z.object({
  /** Requests that ended in the window. */
  finished: count,
  served: count,
  failed: count,
  cancelled: count,
  saved: count,
  /** From a histogram, within 5 %; of served requests. */
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  promptTokens: count,
  completionTokens: count,
  /** Requests whose tokens were estimated because their provider did not count. */
  estimated: count,
  costMicros: count,
  /** Requests with tokens whose price is not known, so that they are missing from the cost. */
  unpriced: count,
})
export type Figures = z.infer<typeof Figures>

/** Buckets begin at whole multiples of `stepMs` since the epoch; the first holds `fromMs`, the last may have just begun. */
const series = { fromMs: AtMs, stepMs: z.number().int() }

export const FigureHistory = z.object({
  ...series,
  totals: Figures,
  /** Since local midnight. */
  today: Figures,
  points: z.array(Figures),
})
export type FigureHistory = z.infer<typeof FigureHistory>

export const FailureHistory = z.object({
  ...series,
  /** One list of counts a kind that occurred, of equal length. */
  kinds: z.array(z.object({ kind: OutcomeKind, counts: z.array(count) })),
})
export type FailureHistory = z.infer<typeof FailureHistory>

export const LanesQuery = z.object({
  modelId: ModelId,
  fromMs: AtMs,
  toMs: AtMs,
  /** How many can be told apart on the screen. */
  buckets: z.number().int().min(1).max(2_000),
})
export type LanesQuery = z.infer<typeof LanesQuery>

/** What became of the attempts of each key, bucket by bucket. */
export const LaneHistory = z.object({
  ...series,
  keys: z.array(
    z.object({
      keyId: KeyId,
      label: z.string(),
      /** Bucket, kind and how many, for those that are not empty; by bucket. */
      counts: z.array(z.tuple([count, OutcomeKind, count])),
      /** What the key's state became, oldest first; the first may lie before the window. */
      states: z.array(z.object({ atMs: AtMs, state: KeyState })),
    }),
  ),
})
export type LaneHistory = z.infer<typeof LaneHistory>

export const AttemptsQuery = z.object({
  modelId: ModelId,
  fromMs: AtMs,
  toMs: AtMs,
  limit: z.number().int().min(1).max(20_000),
})
export type AttemptsQuery = z.infer<typeof AttemptsQuery>

/** The requests that began in a window, oldest first, for lanes that are scrubbed back. */
export const AttemptHistory = z.object({
  requests: z.array(RequestView),
  /** The window held more than the limit. */
  cut: z.boolean(),
})
export type AttemptHistory = z.infer<typeof AttemptHistory>

export const ExportQuery = z.object({
  filter: RequestFilter,
  format: z.enum(['csv', 'json']),
  /** With prompts and answers, where they were recorded; left out, without. */
  withTexts: z.boolean().optional(),
  /** Where the part before ended; null for the first part. */
  position: z.number().int().nullable(),
  /** How many requests the parts before held. */
  written: count,
})
export type ExportQuery = z.infer<typeof ExportQuery>

/** Parts put one after the other are the file. Whoever stops asking has cancelled. */
export const ExportPart = z.object({
  text: z.string(),
  requests: count,
  /** Null after the last part. */
  next: z.number().int().nullable(),
  /** How much of the journal has been looked through, from 0 to 1. */
  progress: z.number(),
})
export type ExportPart = z.infer<typeof ExportPart>

export const JournalStatus = z.object({
  /**
   * `file`: kept on disk. `memory`: only until the application ends, because the file is of a newer version or cannot
   * be opened. `off`: nothing is recorded, because not even memory can be had.
   */
  kept: z.enum(['file', 'memory', 'off']),
  /** Why it is not kept on disk. */
  reason: z.enum(['newer-version', 'cannot-open']).nullable(),
  /** The file that a damaged journal was moved to in this run. */
  setAside: z.string().nullable(),
  /** Requests that were not recorded in this run, because writing was too slow or failed. */
  dropped: count,
  /** Writing fails now. */
  trouble: z.enum(['disk-full', 'write-failed', 'stalled']).nullable(),
  requests: count,
  attempts: count,
  /** Requests whose prompt and answer are kept. */
  texts: count,
  bytes: count,
  oldestAtMs: AtMs.nullable(),
})
export type JournalStatus = z.infer<typeof JournalStatus>
