// A key that moves to another model may go to that model's host from then on, and to that of the old one no more.
import type { KeyId } from '../../shared/identity.ts'
import { Failure } from '../../shared/failure.ts'
import { hostOf } from './api-base.ts'
import { inUse, theKey } from './catalogue.ts'
import type { SafeDraft } from './key-safe.ts'
import type { MayMove } from './key-secrets.ts'
import type { StoredModel } from './stored-model.ts'

export interface KeyMove {
  from: StoredModel
  to: StoredModel
  ids: readonly KeyId[]
  mayMove: MayMove
}

/** Says which keys moved: one whose secret the other model holds already stays where it is. */
export function moveKeysTo(draft: SafeDraft, { from, to, ids, mayMove }: KeyMove): KeyId[] {
  const oldHost = hostOf(from.apiBase)
  const newHost = hostOf(to.apiBase)
  if (oldHost !== newHost && !mayMove(oldHost, newHost)) {
    throw new Failure('KEY_TO_OTHER_HOST', { from: oldHost, to: newHost })
  }
  if (from.id === to.id) return []
  const held = new Set(inUse(to.keys).map(({ id }) => draft.fingerprintOf(id)))
  const moving = ids.map((id) => theKey(from, id)).filter(({ id }) => !held.has(draft.fingerprintOf(id)))
  const moved = moving.map(({ id }) => id)
  from.keys = from.keys.filter(({ id }) => !moved.includes(id))
  to.keys.push(...moving)
  if (oldHost !== newHost && moved.length > 0) {
    draft.allowHost(moved, newHost)
    draft.disallowHost(moved, oldHost)
    draft.note('change-hosts', `${from.name} → ${to.name}: ${oldHost} → ${newHost}`)
  }
  return moved
}
