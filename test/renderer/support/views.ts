import { KeyId, ModelId } from '../../../shared/identity.ts'
import { noLimits, type KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'

/** Builders of what main reports, with only what a test is about. */
export const aKey = (id: string, about: Partial<KeyView> = {}): KeyView => ({
  id: KeyId.parse(id),
  label: id,
  lastFour: '',
  weight: 1,
  state: { kind: 'ready' },
  inFlight: 0,
  requests: 0,
  served: 0,
  lastUsedAtMs: null,
  lastFailure: null,
  limits: noLimits,
  account: '',
  expiresAtMs: null,
  note: '',
  tags: [],
  addedAtMs: null,
  p50Ms: null,
  looks: { placeholder: false, provider: null },
  alsoIn: [],
  replaced: null,
  ...about,
})

export const aModel = (about: Partial<ModelView> = {}): ModelView => ({
  id: ModelId.parse('model'),
  name: 'gpt-4o',
  provider: null,
  apiBase: 'https://api.openai.com/v1',
  upstreamModel: 'gpt-4o',
  temperature: null,
  strategy: 'round-robin',
  aliases: [],
  fallbacks: [],
  price: null,
  maxWaitMs: null,
  deadlineMs: null,
  headers: [],
  origin: 'vault',
  keys: [],
  currentKeyId: null,
  nextKeyId: null,
  ...about,
})
