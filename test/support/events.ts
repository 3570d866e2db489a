import type { DecisionView } from '../../shared/decision.ts'
import { KeyId, ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import type { OutcomeView } from '../../shared/outcome.ts'

export const aRequestId = (text = 'request-1') => RequestId.parse(text)
export const aModelId = (text = 'model-1') => ModelId.parse(text)
export const aKeyId = (text = 'key-1') => KeyId.parse(text)

export const anOutcome = (over: Partial<OutcomeView> = {}): OutcomeView => ({
  kind: 'served',
  status: 200,
  cause: null,
  providerCode: null,
  providerMessage: null,
  retryAfterMs: null,
  ...over,
})

export const anAttemptEnded = (over: Partial<OutcomeView> = {}, number = 1): LiveEventInput => ({
  kind: 'attempt-ended',
  requestId: aRequestId(),
  modelId: aModelId(),
  keyId: aKeyId(),
  keyLabel: 'acct-1',
  number,
  durationMs: 12,
  outcome: anOutcome(over),
})

type AttemptStarted = Extract<LiveEventInput, { kind: 'attempt-started' }>

export const anAttemptStarted = (over: Partial<AttemptStarted> = {}): AttemptStarted => ({
  kind: 'attempt-started',
  requestId: aRequestId(),
  modelId: aModelId(),
  keyId: aKeyId(),
  keyLabel: 'acct-1',
  number: 1,
  probe: false,
  ...over,
})

export const aDecision = (over: Partial<DecisionView> = {}): DecisionView => ({
  atMs: 1_000,
  keyId: aKeyId(),
  strategy: 'round-robin',
  rule: 'next-in-turn',
  usable: 2,
  tried: 0,
  excluded: {
    paused: 0,
    expired: 0,
    rejected: 0,
    exhausted: 0,
    'not-allowed': 0,
    cooling: 1,
    probing: 0,
    'at-limit': 0,
    'at-concurrency': 0,
  },
  nearest: [{ keyId: aKeyId('key-2'), label: 'acct-2', reason: 'cooling', backAtMs: 5_000 }],
  ...over,
})
