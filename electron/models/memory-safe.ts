import { createHash } from 'node:crypto'
import { Failure } from '../../shared/failure.ts'
import type { KeySafe, SafeDraft } from './key-safe.ts'
import type { StoredModel } from './stored-model.ts'

/**
 * A safe that forgets: for the simulator's models, whose keys are worth nothing outside this process and are therefore
 * never written anywhere.
 */
export function createMemorySafe(): KeySafe {
  let models: StoredModel[] = []
  let secrets = new Map<string, { secret: string; hosts: string[] }>()
  return {
    origin: 'simulator',
    models: () => models,
    commit(change) {
      const next = structuredClone(secrets)
      const draft: SafeDraft = {
        models: structuredClone(models),
        seal: (id, secret, host) => void next.set(id, { secret, hosts: [host] }),
        allowHost: (ids, host) => {
          for (const id of ids) next.get(id)?.hosts.push(host)
        },
      }
      change(draft)
      models = draft.models
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
    fingerprint: (secret) => createHash('sha256').update('keywheel/simulator/').update(secret).digest('hex'),
  }
}
