import { createHash } from 'node:crypto'
import { secretField, type Draft } from '../vault/draft.ts'
import type { SecretInfo, Vault } from '../vault/vault.ts'
import type { KeySafe, SafeDraft } from './key-safe.ts'
import type { Catalogue, StoredModel } from './stored-model.ts'

/** The field of a key's record that holds the secret which the one in use replaced. */
const replacedField = 'replaced'

const none: readonly StoredModel[] = []

/** The vault as a safe for models: what is kept of them lies in its body, each secret sealed under its key's id. */
export function createVaultSafe(vault: Vault<Catalogue>): KeySafe {
  const isOpen = () => vault.isOpen()
  return {
    origin: 'vault',
    models: () => (isOpen() ? vault.read().metadata.models : none),
    lastImport: () => (isOpen() ? vault.read().metadata.lastImport : null),
    async commit(change, options) {
      await vault.commit((draft) => {
        const changing = safeDraft(draft, () => vault.secrets())
        change(changing)
        const { models, lastImport } = changing
        draft.metadata = { ...draft.metadata, models, lastImport }
      }, options)
    },
    secret: (key, host) => vault.secretFor(key.id, host),
    // Before there is a vault nothing is kept, so an import can be shown with any fingerprint that tells secrets apart.
    fingerprint: (secret) =>
      vault.status().state === 'none' ? createHash('sha256').update(secret).digest('hex') : vault.fingerprint(secret),
    fingerprintOf: (id) => (isOpen() ? vault.secretInfo(id)?.fp : undefined),
  }
}

function safeDraft(draft: Draft<Catalogue>, secrets: () => SecretInfo[]): SafeDraft {
  let hosts: Map<string, Set<string>> | null = null
  const forgetReplaced = (id: string) => draft.removeSecret(id, replacedField)
  return {
    models: draft.metadata.models,
    lastImport: draft.metadata.lastImport,
    seal: (recordId, secret, host) => void draft.sealSecret(secret, { recordId, allowedHosts: [host] }),
    allowHost: (ids, host) => {
      for (const id of ids) {
        for (const field of fieldsOf(draft, id)) draft.allowHosts(id, [...draft.hostsOf(id, field), host], field)
      }
    },
    disallowHost: (ids, host) => {
      for (const id of ids) {
        for (const field of fieldsOf(draft, id)) draft.allowHosts(id, without(draft.hostsOf(id, field), host), field)
      }
    },
    mayGoTo: (id, host) => draft.hostsOf(id).includes(host),
    hostsOf: (fingerprint) => {
      hosts ??= hostsByFingerprint(secrets())
      return [...(hosts.get(fingerprint) ?? [])]
    },
    fingerprintOf: (id) => draft.fingerprintOf(id),
    keepReplaced: (id) => draft.copySecret(id, { from: secretField, to: replacedField }),
    restoreReplaced(id) {
      draft.copySecret(id, { from: replacedField, to: secretField })
      forgetReplaced(id)
    },
    forgetReplaced,
    forget(id) {
      draft.removeSecret(id)
      forgetReplaced(id)
    },
    note: (action, subject) => draft.audit({ action, subject }),
  }
}

/** A replaced secret goes where the one in its place goes, so that it can be put back. */
const fieldsOf = (draft: Draft<Catalogue>, id: string): string[] =>
  [secretField, replacedField].filter((field) => draft.fingerprintOf(id, field) !== undefined)

const without = (hosts: readonly string[], host: string) => hosts.filter((one) => one !== host)

function hostsByFingerprint(secrets: readonly SecretInfo[]): Map<string, Set<string>> {
  const hosts = new Map<string, Set<string>>()
  for (const { fp, allowedHosts } of secrets) {
    const known = hosts.get(fp) ?? new Set<string>()
    for (const host of allowedHosts) known.add(host)
    hosts.set(fp, known)
  }
  return hosts
}
