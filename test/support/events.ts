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
