import { createHash } from 'node:crypto'
import { Failure } from '../../shared/failure.ts'
import type { KeySafe, SafeDraft } from './key-safe.ts'
import type { LastImport, StoredModel } from './stored-model.ts'

interface Kept {
  secret: string
  hosts: string[]
  replaced?: string | undefined
}

const fingerprint = (secret: string) => createHash('sha256').update('keywheel/simulator/').update(secret).digest('hex')

/**
 * A safe that forgets: for the simulator's models, whose keys are worth nothing outside this process and are therefore
 * never written anywhere.
 */
export function createMemorySafe(): KeySafe {
  let models: StoredModel[] = []
  let lastImport: LastImport | null = null
  let secrets = new Map<string, Kept>()
  return {
    origin: 'simulator',
    models: () => models,
    lastImport: () => lastImport,
    commit(change) {
      const next = structuredClone(secrets)
      const draft = draftOf(structuredClone(models), next, lastImport)
      change(draft)
      models = draft.models
      lastImport = draft.lastImport
      secrets = next
      return Promise.resolve()
    },
    secret(key, host) {
      const kept = secrets.get(key.id)
      if (!kept) throw new Failure('KEY_NOT_FOUND', {})
      const [from = ''] = kept.hosts
      if (!kept.hosts.includes(host)) throw new Failure('KEY_TO_OTHER_HOST', { from, to: host })
      return kept.secret
    },
    fingerprint,
    fingerprintOf: (id) => fingerprintIn(secrets, id),
  }
}

function fingerprintIn(secrets: ReadonlyMap<string, Kept>, id: string): string | undefined {
  const kept = secrets.get(id)
  return kept && fingerprint(kept.secret)
}

function draftOf(models: StoredModel[], secrets: Map<string, Kept>, lastImport: LastImport | null): SafeDraft {
  const change = (id: string, changed: (kept: Kept) => Kept) => {
    const kept = secrets.get(id)
    if (!kept) throw new Failure('KEY_NOT_FOUND', {})
    secrets.set(id, changed(kept))
  }
  return {
    models,
    lastImport,
    seal: (id, secret, host) => void secrets.set(id, { ...secrets.get(id), secret, hosts: [host] }),
    allowHost: (ids, host) => {
      for (const id of ids) change(id, (kept) => ({ ...kept, hosts: [...new Set([...kept.hosts, host])] }))
    },
    disallowHost: (ids, host) => {
      for (const id of ids) change(id, (kept) => ({ ...kept, hosts: kept.hosts.filter((one) => one !== host) }))
    },
    mayGoTo: (id, host) => secrets.get(id)?.hosts.includes(host) ?? false,
    hostsOf: (wanted) =>
      [...secrets.values()].filter(({ secret }) => fingerprint(secret) === wanted).flatMap(({ hosts }) => hosts),
    fingerprintOf: (id) => fingerprintIn(secrets, id),
    keepReplaced: (id) => change(id, (kept) => ({ ...kept, replaced: kept.secret })),
    restoreReplaced: (id) =>
      change(id, ({ replaced, ...kept }) => (replaced === undefined ? kept : { ...kept, secret: replaced })),
    forgetReplaced: (id) => change(id, ({ secret, hosts }) => ({ secret, hosts })),
    forget: (id) => void secrets.delete(id),
    note: () => {},
  }
}
