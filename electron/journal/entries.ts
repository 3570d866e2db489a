import type { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { JournalEntry, RequestDetail } from '../../shared/activity.ts'
import { OutcomeView } from '../../shared/outcome.ts'
import { RequestFailure } from '../../shared/request.ts'
import { resultCodes, ruleCodes, strategyCodes } from './codes.ts'
import { DamagedJournal } from './damaged-journal.ts'
import { readHeaders } from './header-texts.ts'
import { readStanding, type NamedKey } from './standing-text.ts'
import type { Texts } from './texts/texts.ts'
import { cutOff } from '../../shared/cut-off.ts'

type Row = Record<string, unknown>

/** What every page of requests selects; `r` is the request. */
export const entryColumns = `r.id, r.request_id, m.ref AS model_ref, m.label AS model_label, s.ref AS stand_in_ref,
  s.label AS stand_in_label, c.label AS client_label,
  r.started_at, r.ended_at, r.first_output_ms, r.result, r.prompt_tokens, r.completion_tokens, r.estimated,
  r.cost_micros, r.failure`
export const entryJoins =
  'JOIN names m ON m.id = r.model JOIN names c ON c.id = r.client LEFT JOIN names s ON s.id = r.stand_in'

const Outcome = OutcomeView.omit({ retryAfterMs: true })

/** Turns rows back into requests with their attempts. */
export function createEntries(db: DatabaseSync, texts: Pick<Texts, 'of'>) {
  const attemptsOf = db.prepare(
    `SELECT a.*, k.owner AS model_ref, k.ref AS key_ref, k.label AS key_label, o.text AS outcome_text
     FROM attempts a JOIN names k ON k.id = a.key LEFT JOIN outcomes o ON o.id = a.outcome
     WHERE a.request = ? ORDER BY a.number`,
  )
  const byRequestId = db.prepare(`SELECT ${entryColumns} FROM requests r ${entryJoins} WHERE r.request_id = ?`)
  const standingOf = db.prepare('SELECT text FROM standings WHERE id = ?')
  const headerNamesOf = db.prepare('SELECT text FROM header_names WHERE id = ?')
  const nameOf = db.prepare("SELECT ref, label FROM names WHERE id = ? AND kind = 'key'")

  const keyOf = (name: number): NamedKey | undefined => {
    const row = nameOf.get(name)
    return row && { keyId: String(row['ref']), label: String(row['label']) }
  }

  function decisionOf(attempt: Row): unknown {
    if (attempt['rule'] === null) return null
    const standing = attempt['standing'] === null ? undefined : standingOf.get(Number(attempt['standing']))
    return {
      atMs: attempt['decided_at'],
      keyId: attempt['key_ref'],
      strategy: strategyCodes.nameOf(attempt['strategy']),
      rule: ruleCodes.nameOf(attempt['rule']),
      usable: attempt['usable'],
      tried: attempt['tried'],
      ...readStanding(standing ? String(standing['text']) : null, keyOf),
    }
  }

  function headersOf(attempt: Row): RequestDetail['headers'] {
    const names = attempt['header_names'] === null ? undefined : headerNamesOf.get(Number(attempt['header_names']))
    if (!names) return []
    const headers = readHeaders(String(names['text']), String(attempt['header_values']))
    return [{ number: Number(attempt['number']), headers }]
  }

  const entryOf = (row: Row): JournalEntry => checked(JournalEntry, entryFields(row, attemptsOf.all(Number(row['id']))))

  return {
    entryOf,
    textsOf: texts.of,
    detailOf(requestId: string): RequestDetail | null {
      const row = byRequestId.get(requestId)
      if (!row) return null
      const attempts = attemptsOf.all(Number(row['id']))
      const decisions = attempts.flatMap((attempt) => {
        const decision = decisionOf(attempt)
        return decision === null ? [] : [{ number: attempt['number'], decision }]
      })
      const headers = attempts.flatMap(headersOf)
      const said = texts.of(Number(row['id']))
      return checked(RequestDetail, { request: entryFields(row, attempts), decisions, headers, texts: said })
    },
  }
}

export type Entries = ReturnType<typeof createEntries>

/** A row that is no request is damage that the pages' own structure did not show. */
function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new DamagedJournal()
  return parsed.data
}

function entryFields(row: Row, attempts: readonly Row[]): unknown {
  const failure = row['failure'] === null ? null : checked(RequestFailure, parseJson(row['failure']))
  // The application ended before it heard what came of the last attempt; nothing of it runs any more.
  const unknown = failure?.code === 'interrupted' ? cutOff : null
  return {
    position: row['id'],
    id: row['request_id'],
    modelId: row['model_ref'],
    modelName: row['model_label'],
    standIn: row['stand_in_ref'] === null ? null : { modelId: row['stand_in_ref'], modelName: row['stand_in_label'] },
    client: row['client_label'],
    startedAtMs: row['started_at'],
    endedAtMs: row['ended_at'],
    firstOutputMs: row['first_output_ms'],
    result: resultCodes.nameOf(row['result']),
    attempts: attempts.map((attempt) => attemptFields(attempt, row['model_ref'], unknown)),
    usage:
      row['prompt_tokens'] === null
        ? null
        : {
            promptTokens: row['prompt_tokens'],
            completionTokens: row['completion_tokens'],
            ...(row['estimated'] === 1 ? { estimated: true } : {}),
          },
    failure,
    costMicros: row['cost_micros'],
  }
}

function attemptFields(row: Row, requestModel: unknown, unknown: OutcomeView | null): unknown {
  return {
    number: row['number'],
    ...(row['model_ref'] === requestModel ? {} : { modelId: row['model_ref'] }),
    keyId: row['key_ref'],
    keyLabel: row['key_label'],
    startedAtMs: row['started_at'],
    durationMs: row['duration_ms'],
    probe: row['probe'] === 1,
    outcome:
      row['outcome_text'] === null
        ? unknown
        : { ...checked(Outcome, parseJson(row['outcome_text'])), retryAfterMs: row['retry_after_ms'] },
  }
}

export function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    throw new DamagedJournal()
  }
}
