// A secret that is replaced is kept until its successor has served, and none is sent to a host it was not saved for.
import { Failure } from '../../shared/failure.ts'
import { looksOfSecret } from '../../shared/secret-looks.ts'
import { hostOf, parseApiBase } from './api-base.ts'
import { lastFourOf } from './catalogue.ts'
import type { SafeDraft } from './key-safe.ts'
import { secretIdsOf } from './model-headers.ts'
import type { StoredKey, StoredModel } from './stored-model.ts'

/** How the list of what was done names a key. */
export const subjectOf = (model: Pick<StoredModel, 'name'>, key: Pick<StoredKey, 'label'> | undefined): string =>
  `${model.name} / ${key?.label ?? ''}`

/** Of several replacements in a row the first is kept: it is the one that has served. */
export function replaceSecret(draft: SafeDraft, model: StoredModel, key: StoredKey, secret: string): void {
  if (key.replaced === null && draft.fingerprintOf(key.id) !== undefined) {
    draft.keepReplaced(key.id)
    key.replaced = { lastFour: key.lastFour }
  }
  key.lastFour = lastFourOf(secret)
  key.looks = looksOfSecret(secret)
  draft.seal(key.id, secret, hostOf(model.apiBase))
  draft.note('replace-key', subjectOf(model, key))
}

export function restoreReplaced(draft: SafeDraft, model: StoredModel, key: StoredKey): void {
  if (key.replaced === null) throw new Failure('OLD_SECRET_FORGOTTEN', {})
  draft.restoreReplaced(key.id)
  key.lastFour = key.replaced.lastFour
  key.replaced = null
  draft.note('replace-key', subjectOf(model, key))
}

export function settleReplaced(draft: SafeDraft, key: StoredKey): void {
  key.replaced = null
  draft.forgetReplaced(key.id)
}

/** Whether a person has said that keys of one host may go to another. */
export type MayMove = (from: string, to: string) => boolean

/** Asks before a secret that is known for other hosts is taken over for this one, under whatever model's name. */
export function askAboutHosts(draft: SafeDraft, fingerprints: readonly string[], host: string, mayMove: MayMove): void {
  for (const fingerprint of fingerprints) {
    const hosts = draft.hostsOf(fingerprint)
    const [from] = hosts
    if (from === undefined || hosts.includes(host) || mayMove(from, host)) continue
    throw new Failure('KEY_TO_OTHER_HOST', { from, to: host })
  }
}

/** Points a model at another base; its secrets follow to another host only when a person said so. */
export function rehost(draft: SafeDraft, model: StoredModel, apiBase: string, mayMove: MayMove): void {
  const { url, host } = parseApiBase(apiBase)
  const from = hostOf(model.apiBase)
  const ids = secretIdsOf(model)
  if (host !== from && ids.length > 0) {
    if (!mayMove(from, host)) throw new Failure('KEY_TO_OTHER_HOST', { from, to: host })
    draft.allowHost(ids, host)
    draft.note('change-hosts', `${model.name}: ${from} → ${host}`)
  }
  model.apiBase = url
}
