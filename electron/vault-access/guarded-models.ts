// What would send a secret elsewhere, or put another in its place, needs an open interface.
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { KeyEdit } from '../../shared/key.ts'
import type { ModelEdit } from '../../shared/model.ts'
import { hostOf } from '../models/api-base.ts'
import type { Models } from '../models/models.ts'

export function guardModels(models: Models, gate: () => void): Models {
  const kept = (id: ModelId) => models.list().find(({ model, origin }) => model.id === id && origin === 'vault')?.model
  const gateFor = (id: ModelId) => {
    if (kept(id)) gate()
  }
  const sendsElsewhere = (id: ModelId, apiBase: string | undefined) => {
    const model = kept(id)
    return model !== undefined && apiBase !== undefined && hostOf(apiBase) !== hostOf(model.apiBase)
  }
  return {
    ...models,
    async edit(id: ModelId, changes: ModelEdit, allowNewHost: boolean) {
      if (sendsElsewhere(id, changes.apiBase)) gate()
      if (changes.headers !== undefined) gateFor(id)
      return models.edit(id, changes, allowNewHost)
    },
    async editKey(modelId: ModelId, keyId: KeyId, edit: KeyEdit) {
      if (edit.secret !== undefined) gateFor(modelId)
      return models.editKey(modelId, keyId, edit)
    },
    async moveKeysTo(fromId: ModelId, ids: readonly KeyId[], toId: ModelId, allowNewHost: boolean) {
      if (sendsElsewhere(fromId, kept(toId)?.apiBase)) gate()
      return models.moveKeysTo(fromId, ids, toId, allowNewHost)
    },
    async restoreSecret(modelId: ModelId, keyId: KeyId) {
      gateFor(modelId)
      return models.restoreSecret(modelId, keyId)
    },
    async takeOver(incoming, mayMove, removed) {
      gate()
      return models.takeOver(incoming, mayMove, removed)
    },
    async undoImport() {
      gate()
      return models.undoImport()
    },
    async purge(wanted) {
      gate()
      return models.purge(wanted)
    },
  }
}
