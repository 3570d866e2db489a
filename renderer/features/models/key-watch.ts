// What is worth a person's attention among the keys; derived from what main reports, and never a reason to stop a key.
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { isForeign } from '../../../shared/provider-presets.ts'

export const watchKinds = [
  'rejected',
  'expired',
  'expiring',
  'placeholder',
  'foreign',
  'duplicate',
  'one-account',
  'too-few',
  'stale',
  'unused',
] as const
export type WatchKind = (typeof watchKinds)[number]

export interface WatchEntry {
  kind: WatchKind
  model: ModelView
  /** The keys it is about, in the order of the model. */
  keys: readonly KeyView[]
}

const dayMs = 24 * 3_600_000
export const expiringWithinMs = 14 * dayMs
const staleAfterMs = 30 * dayMs
const unusedAfterMs = 7 * dayMs

export function watchKeys(models: readonly ModelView[], nowMs: number): WatchEntry[] {
  const entries = models.filter(({ origin }) => origin === 'vault').flatMap((model) => watchModel(model, nowMs))
  return entries.toSorted((a, b) => watchKinds.indexOf(a.kind) - watchKinds.indexOf(b.kind))
}

function watchModel(model: ModelView, nowMs: number): WatchEntry[] {
  const of = (kind: WatchKind, isSuch: (key: KeyView) => boolean): WatchEntry[] => {
    const keys = model.keys.filter(isSuch)
    return keys.length === 0 ? [] : [{ kind, model, keys }]
  }
  return [
    ...of('rejected', ({ state }) => state.kind === 'rejected'),
    ...of('expired', (key) => hasExpired(key, nowMs)),
    ...of('expiring', (key) => isExpiring(key, nowMs)),
    ...of('placeholder', ({ looks }) => looks.placeholder),
    ...of('foreign', ({ looks }) => isForeign(looks.provider, model.apiBase)),
    ...of('duplicate', ({ alsoIn }) => alsoIn.length > 0),
    ...(isOneAccount(model) ? [{ kind: 'one-account' as const, model, keys: model.keys }] : []),
    ...(hasTooFew(model) ? [{ kind: 'too-few' as const, model, keys: model.keys }] : []),
    ...of('stale', (key) => isStale(key, nowMs)),
    ...of('unused', (key) => isUnused(key, model, nowMs)),
  ]
}

const hasExpired = ({ expiresAtMs }: KeyView, nowMs: number) => expiresAtMs !== null && expiresAtMs <= nowMs

export const isExpiring = ({ expiresAtMs }: KeyView, nowMs: number): boolean =>
  expiresAtMs !== null && expiresAtMs > nowMs && expiresAtMs - nowMs <= expiringWithinMs

/** A paused key rests because a person said so. */
const rests = ({ state }: KeyView) => state.kind === 'paused'

const isStale = (key: KeyView, nowMs: number) =>
  !rests(key) && key.lastUsedAtMs !== null && nowMs - key.lastUsedAtMs > staleAfterMs

function isUnused(key: KeyView, { keys }: ModelView, nowMs: number): boolean {
  if (key.lastUsedAtMs !== null || rests(key) || key.addedAtMs === null) return false
  return nowMs - key.addedAtMs > unusedAfterMs && keys.some(({ lastUsedAtMs }) => lastUsedAtMs !== null)
}

/** One limit of one account stops all of them at once. */
function isOneAccount({ keys }: ModelView): boolean {
  const [first] = keys
  return (
    keys.length > 1 && first !== undefined && first.account !== '' && keys.every((key) => key.account === first.account)
  )
}

/**
 * As the guide advises: two or three keys for light use, three to five in production, five to ten under high
 * concurrency. The load is what has been seen since the application began.
 */
export function advisedKeys({ keys }: ModelView): number {
  const requests = keys.reduce((sum, key) => sum + key.requests, 0)
  const inFlight = keys.reduce((sum, key) => sum + key.inFlight, 0)
  if (requests === 0) return 0
  if (inFlight > 2 * keys.length && inFlight >= 8) return 5
  return requests >= 500 ? 3 : 2
}

const hasTooFew = (model: ModelView) => model.keys.length > 0 && model.keys.length < advisedKeys(model)
