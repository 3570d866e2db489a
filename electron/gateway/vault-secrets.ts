import type { HeaderId, KeyId, ModelId } from '../../shared/identity.ts'
import type { Bus } from '../events/bus.ts'
import type { Models } from '../models/models.ts'
import { secretOrUndefined } from '../models/secret-or-undefined.ts'
import type { StoredHeader } from '../models/stored-model.ts'
import type { Clock } from '../rotation/clock.ts'
import type { ExtraHeaders } from '../upstream/extra-headers.ts'
import { openExtraHeaders, type ExtraHeadersOf } from './open-extra-headers.ts'
import { keepOpenSecrets } from './open-secrets.ts'

/** What requests are sent with: keys and extra headers, each held open for a few seconds after it was last read. */
export function openVaultSecrets(deps: { models: Models; clock: Clock; bus: Bus }): {
  secretOf: (model: ModelId, key: KeyId) => string | undefined
  extraHeadersOf: ExtraHeadersOf
} {
  const { models, clock, bus } = deps
  const revision = models.list
  const keys = keepOpenSecrets({
    clock,
    revision,
    read: (model: ModelId, key: KeyId) => secretOrUndefined(() => models.secretOf(model, key)),
  })
  const valueOf = (model: ModelId, header: HeaderId) => secretOrUndefined(() => models.headerOf(model, header))
  const headers = keepOpenSecrets<readonly StoredHeader[], ExtraHeaders>({
    clock,
    revision,
    read: openExtraHeaders(valueOf),
  })
  bus.subscribe(() => {
    keys.forget()
    headers.forget()
  }, ['vault-changed'])
  return {
    secretOf: (model, key) => keys.of(model, key),
    extraHeadersOf: (model) => headers.of(model.id, model.headers),
  }
}
