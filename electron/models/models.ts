import { Failure } from '../../shared/failure.ts'
import { KeyId, ModelId } from '../../shared/identity.ts'
import type { KeyEdit, NewKey } from '../../shared/key.ts'
import type { ModelEdit, NewModel } from '../../shared/model.ts'
import { hostOf, parseApiBase } from './api-base.ts'
import {
  assertNameFree,
  editKey,
  inUse,
  lastFourOf,
  moveKey,
  nextLabel,
  removeKeys,
  removeModel,
  restoreKeys,
  restoreModel,
  setPaused,
  theKey,
  theModel,
} from './catalogue.ts'
import type { KeySafe, SafeDraft } from './key-safe.ts'
import type { StoredKey, StoredModel } from './stored-model.ts'

export interface ModelsDeps {
  /** Looked up in order; a new model goes to the first. */
  safes: readonly KeySafe[]
  newId: () => string
  wallMs: () => number
  /** Called after every kept change: pools are configured anew and pages told. */
  onChange: () => void
}

/** A model to take over from a file: what is new is added, what is known by name is changed, no key twice. */
export interface IncomingModel extends NewModel {
  secrets: readonly string[]
  extra: StoredModel['extra']
}

/** Models and keys as people edit them. A secret is sent only to the hosts it was saved for. */
export type Models = ReturnType<typeof createModels>

export function createModels({ safes, newId, wallMs, onChange }: ModelsDeps) {
  const safeOf = (id: ModelId): KeySafe => {
    const safe = safes.find((one) => one.models().some((model) => model.id === id))
    if (!safe) throw new Failure('MODEL_NOT_FOUND', {})
    return safe
  }

  const change = async (safe: KeySafe, apply: (draft: SafeDraft) => void) => {
    await safe.commit(apply)
    onChange()
  }

  const edit = async (id: ModelId, apply: (model: StoredModel, draft: SafeDraft) => void) =>
    change(safeOf(id), (draft) => apply(theModel(draft.models, id), draft))

  /** Adds the secrets a model does not hold yet, and says which keys came of it. */
  const addSecrets = (safe: KeySafe, draft: SafeDraft, model: StoredModel, keys: readonly NewKey[]): StoredKey[] => {
    const known = new Map(inUse(model.keys).map((key) => [key.fingerprint, key]))
    const added: StoredKey[] = []
    for (const { label, secret } of keys) {
      const fingerprint = safe.fingerprint(secret)
      if (known.has(fingerprint)) continue
      const key = storedKey(KeyId.parse(newId()), label ?? nextLabel(model.keys), secret, fingerprint)
      known.set(fingerprint, key)
      model.keys.push(key)
      draft.seal(key.id, secret, hostOf(model.apiBase))
      added.push(key)
    }
    return added
  }

  const home = (): KeySafe => {
    const [safe] = safes
    if (!safe) throw new Failure('VAULT_MISSING', {})
    return safe
  }

  return {
    /** Every model in use, in order, from every safe. */
    list: (): { model: StoredModel; origin: KeySafe['origin'] }[] =>
      safes.flatMap((safe) => inUse(safe.models()).map((model) => ({ model, origin: safe.origin }))),

    find: (id: ModelId): StoredModel | undefined =>
      safes.flatMap((safe) => inUse(safe.models())).find((model) => model.id === id),

    /** The secret of one key, for the host its model talks to now. */
    secretOf(modelId: ModelId, keyId: KeyId): string {
      const safe = safeOf(modelId)
      const model = theModel(safe.models(), modelId)
      return safe.secret(theKey(model, keyId), hostOf(model.apiBase))
    },

    async add(input: NewModel): Promise<ModelId> {
      const { url } = parseApiBase(input.apiBase)
      const id = ModelId.parse(newId())
      await change(home(), (draft) => {
        assertNameFree(draft.models, input.name)
        draft.models.push(storedModel(id, { ...input, apiBase: url }))
      })
      return id
    },

    /** A change of host is asked about first: `allowNewHost` is the person's answer. */
    edit: (id: ModelId, changes: ModelEdit, allowNewHost: boolean) =>
      edit(id, (model, draft) => {
        if (changes.name !== undefined) assertNameFree(draft.models, changes.name, id)
        if (changes.apiBase !== undefined) rehost(draft, model, changes.apiBase, allowNewHost)
        model.name = changes.name ?? model.name
        model.strategy = changes.strategy ?? model.strategy
        if (changes.provider !== undefined) model.provider = changes.provider
        if (changes.temperature !== undefined) model.temperature = changes.temperature
      }),

    remove: async (id: ModelId) => change(safeOf(id), (draft) => removeModel(draft.models, id, wallMs())),
    restore: async (id: ModelId) => change(safeOf(id), (draft) => restoreModel(draft.models, id)),

    /** Adds the keys that are not there yet; when none is new, says which one it already has. */
    async addKeys(id: ModelId, keys: readonly NewKey[]): Promise<KeyId[]> {
      const safe = safeOf(id)
      let added: StoredKey[] = []
      await edit(id, (model, draft) => {
        added = addSecrets(safe, draft, model, keys)
        if (added.length === 0) refuseDuplicate(safe, model, keys)
      })
      return added.map((key) => key.id)
    },

    /** A new secret in place of the old keeps the key's place, label and weight. */
    async editKey(modelId: ModelId, keyId: KeyId, { secret, ...changes }: KeyEdit) {
      const safe = safeOf(modelId)
      return edit(modelId, (model, draft) => {
        editKey(model, keyId, changes)
        if (secret === undefined) return
        const fingerprint = safe.fingerprint(secret)
        const twin = inUse(model.keys).find((key) => key.fingerprint === fingerprint && key.id !== keyId)
        if (twin) throw new Failure('DUPLICATE_KEY', { lastFour: twin.lastFour, label: twin.label })
        Object.assign(theKey(model, keyId), { fingerprint, lastFour: lastFourOf(secret) })
        draft.seal(keyId, secret, hostOf(model.apiBase))
      })
    },

    moveKey: (modelId: ModelId, keyId: KeyId, toIndex: number) =>
      edit(modelId, (model) => moveKey(model, keyId, toIndex)),
    setPaused: (modelId: ModelId, ids: readonly KeyId[], paused: boolean) =>
      edit(modelId, (model) => setPaused(model, ids, paused)),
    removeKeys: (modelId: ModelId, ids: readonly KeyId[]) => edit(modelId, (model) => removeKeys(model, ids, wallMs())),
    restoreKeys: (modelId: ModelId, ids: readonly KeyId[]) => edit(modelId, (model) => restoreKeys(model, ids)),

    /** Takes over many models in one commit. */
    async takeOver(
      incoming: readonly IncomingModel[],
      allowNewHost: boolean,
    ): Promise<{ models: number; keys: number }> {
      const safe = home()
      let keys = 0
      await change(safe, (draft) => {
        keys = 0
        for (const entry of incoming) {
          const { url } = parseApiBase(entry.apiBase)
          let model = inUse(draft.models).find((one) => one.name === entry.name)
          if (model) {
            rehost(draft, model, url, allowNewHost)
            Object.assign(model, { provider: entry.provider, temperature: entry.temperature })
            model.extra = { ...model.extra, ...entry.extra }
          } else {
            model = storedModel(ModelId.parse(newId()), { ...entry, apiBase: url }, entry.extra)
            draft.models.push(model)
          }
          keys += addSecrets(
            safe,
            draft,
            model,
            entry.secrets.map((secret) => ({ secret })),
          ).length
        }
      })
      return { models: incoming.length, keys }
    },

    fingerprint: (secret: string) => home().fingerprint(secret),
  }
}

/** Points a model at another base; its secrets follow to another host only when a person said so. */
function rehost(draft: SafeDraft, model: StoredModel, apiBase: string, allowNewHost: boolean): void {
  const { url, host } = parseApiBase(apiBase)
  const from = hostOf(model.apiBase)
  if (host !== from && model.keys.length > 0) {
    if (!allowNewHost) throw new Failure('KEY_TO_OTHER_HOST', { from, to: host })
    const ids = model.keys.map((key) => key.id)
    draft.allowHost(ids, host)
  }
  model.apiBase = url
}

function refuseDuplicate(safe: KeySafe, model: StoredModel, keys: readonly NewKey[]): never {
  const fingerprints = new Set(keys.map((key) => safe.fingerprint(key.secret)))
  const twin = inUse(model.keys).find((key) => fingerprints.has(key.fingerprint))
  throw new Failure('DUPLICATE_KEY', { lastFour: twin?.lastFour ?? '', label: twin?.label ?? '' })
}

function storedKey(id: KeyId, label: string, secret: string, fingerprint: string): StoredKey {
  return { id, label, weight: 1, paused: false, lastFour: lastFourOf(secret), fingerprint, deletedAtMs: null }
}

function storedModel(id: ModelId, input: NewModel, extra: StoredModel['extra'] = {}): StoredModel {
  const { name, provider, apiBase, temperature, strategy } = input
  return { id, name, provider, apiBase, temperature, strategy, keys: [], extra, deletedAtMs: null }
}
