import * as z from 'zod'
import { AtMs, KeyId, ModelId } from './identity.ts'
import { KeyState } from './key.ts'
import { checkNames, faultKinds, rehearsalLimits as limits, scenarioNames } from './rehearsal-terms.ts'
import { RequestView } from './request.ts'

const Plain = z.enum(faultKinds).exclude(['rate-limited', 'slow'])

/** What a call meets instead of its provider's answer, as the wire would have it. */
export const Fault = z.discriminatedUnion('kind', [
  z.object({ kind: Plain }),
  /** Null: without a Retry-After. */
  z.object({
    kind: z.literal('rate-limited'),
    retryAfterMs: z
      .number()
      .int()
      .min(limits.retryAfterMs.min, 'rehearsal_time')
      .max(limits.retryAfterMs.max, 'rehearsal_time')
      .nullable(),
  }),
  /** The answer comes, and this much later. */
  z.object({
    kind: z.literal('slow'),
    delayMs: z.number().int().min(limits.delayMs.min, 'rehearsal_time').max(limits.delayMs.max, 'rehearsal_time'),
  }),
])
export type Fault = z.infer<typeof Fault>

export const Lasting = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('calls'),
    calls: z.number().int().min(1, 'rehearsal_calls').max(limits.calls, 'rehearsal_calls'),
  }),
  z.object({
    kind: z.literal('time'),
    forMs: z.number().int().min(limits.forMs.min, 'rehearsal_time').max(limits.forMs.max, 'rehearsal_time'),
  }),
  /** Until it is taken away or the rehearsal ends. */
  z.object({ kind: z.literal('always') }),
])
export type Lasting = z.infer<typeof Lasting>

/** What a key meets, and how much of it is left. */
export const InjectionView = z.object({
  fault: Fault,
  left: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('calls'), calls: z.number().int() }),
    z.object({ kind: z.literal('time'), untilMs: AtMs }),
    z.object({ kind: z.literal('always') }),
  ]),
})
export type InjectionView = z.infer<typeof InjectionView>

/** A key as it stands in the rehearsal, which is not how it stands. */
export const RehearsedKey = z.object({
  keyId: KeyId,
  label: z.string(),
  state: KeyState,
  /** Calls with it since the rehearsal began. */
  calls: z.number().int(),
  injection: InjectionView.nullable(),
})
export type RehearsedKey = z.infer<typeof RehearsedKey>

export const ScenarioName = z.enum(scenarioNames)
export type ScenarioName = z.infer<typeof ScenarioName>
export const CheckName = z.enum(checkNames)
export type CheckName = z.infer<typeof CheckName>

const Check = z.object({ name: CheckName, holds: z.boolean().nullable() })

export const StepView = z.object({
  /** One of `scenarioSteps`. */
  name: z.string(),
  state: z.enum(['waiting', 'running', 'held', 'missed']),
  /** Null while nobody knows yet. */
  checks: z.array(Check),
  requests: z.array(RequestView),
  /** How the keys stand after it; empty before. */
  keys: z.array(RehearsedKey),
})
export type StepView = z.infer<typeof StepView>

export const ScenarioView = z.object({
  name: ScenarioName,
  modelId: ModelId,
  modelName: z.string(),
  state: z.enum(['running', 'held', 'missed', 'stopped']),
  /** Who the story is about, once it is known. */
  sick: z.object({ keyId: KeyId, label: z.string() }).nullable(),
  steps: z.array(StepView),
})
export type ScenarioView = z.infer<typeof ScenarioView>

export const RehearsalView = z.object({
  modelId: ModelId,
  modelName: z.string(),
  /** A scenario has its own keys' copies and ends by itself; else faults are chosen by hand. */
  plays: z.enum(['faults', 'scenario']),
  /** Calls that meet no fault are answered here and not by the provider. */
  answersHere: z.boolean(),
  /** Requests of the gateway's clients meet the faults too. */
  includesGateway: z.boolean(),
  /** At most the first few hundred. */
  keys: z.array(RehearsedKey),
  keyCount: z.number().int(),
  /** What the next request would get. */
  nextKeyId: KeyId.nullable(),
  /** The newest first. */
  requests: z.array(RequestView),
})
export type RehearsalView = z.infer<typeof RehearsalView>

/** One at a time, and none after a restart. `scenario` is the one that was played last, until another is. */
export const RehearsalStatus = z.object({ rehearsal: RehearsalView.nullable(), scenario: ScenarioView.nullable() })
export type RehearsalStatus = z.infer<typeof RehearsalStatus>

export const RehearsalReach = z.object({ answersHere: z.boolean(), includesGateway: z.boolean() })
export type RehearsalReach = z.infer<typeof RehearsalReach>

/** Which keys: one, or all of the model. */
export const Injected = z.object({ keyId: KeyId.nullable(), fault: Fault, lasts: Lasting })
export type Injected = z.infer<typeof Injected>

export const ScenarioInput = z.object({
  modelId: ModelId,
  name: ScenarioName,
  /** In the person's language. */
  prompt: z.string().trim().min(1, 'prompt_empty').max(2_000),
})
export type ScenarioInput = z.infer<typeof ScenarioInput>

export const RehearsalSend = z.object({
  prompt: z.string().trim().min(1, 'prompt_empty').max(100_000),
  count: z.number().int().min(1, 'rehearsal_sends').max(limits.sends, 'rehearsal_sends'),
})
export type RehearsalSend = z.infer<typeof RehearsalSend>
