import type { Purge } from '../../shared/bin.ts'
import { Failure } from '../../shared/failure.ts'
import { KeyId, ModelId } from '../../shared/identity.ts'
import type { KeyEdit, NewKey } from '../../shared/key.ts'
import type { ModelEdit, NewModel } from '../../shared/model.ts'
import { hostOf, parseApiBase } from './api-base.ts'
import { checkedAliases, checkedFallbacks, endAliases, freeAliases } from './other-names.ts'
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
import { binOf, purgeBin } from './bin.ts'
import type { KeySafe, SafeDraft } from './key-safe.ts'
import { askAboutHosts, replaceSecret, restoreReplaced, settleReplaced, subjectOf } from './key-secrets.ts'
import type { StoredKey, StoredModel } from './stored-model.ts'

type CommitOptions = Parameters<KeySafe['commit']>[1]

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

export interface ListedModel {
  model: StoredModel
  origin: KeySafe['origin']
  fingerprintOf: KeySafe['fingerprintOf']
}

/** Models and keys as people edit them. A secret is sent only to the hosts it was saved for. */
export type Models = ReturnType<typeof createModels>

export function createModels({ safes, newId, wallMs, onChange }: ModelsDeps) {
  const safeOf = (id: ModelId): KeySafe => {
    const safe = safes.find((one) => one.models().some((model) => model.id === id))
    if (!safe) throw new Failure('MODEL_NOT_FOUND', {})
    return safe
  }

  const change = async (safe: KeySafe, apply: (draft: SafeDraft) => void, options?: CommitOptions) => {
    await safe.commit(apply, options)
    onChange()
  }

  const edit = async (id: ModelId, apply: (model: StoredModel, draft: SafeDraft) => void) =>
    change(safeOf(id), (draft) => apply(theModel(draft.models, id), draft))

  /** Adds the secrets a model does not hold yet, and says which keys came of it. */
  const addSecrets = (safe: KeySafe, draft: SafeDraft, model: StoredModel, keys: readonly NewKey[]): StoredKey[] => {
    const known = new Set(inUse(model.keys).map((key) => draft.fingerprintOf(key.id)))
    const added: StoredKey[] = []
    for (const { label, secret } of keys) {
      const fingerprint = safe.fingerprint(secret)
      if (known.has(fingerprint)) continue
      const key = storedKey(KeyId.parse(newId()), label ?? nextLabel(model.keys), secret)
      known.add(fingerprint)
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
    /** Every model in use, in order, from every safe. The same list until anything in it has changed. */
    list: createListing(safes),

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
        if (changes.name !== undefined && changes.name !== model.name) {
          assertNameFree(draft.models, changes.name, id)
          // Its own alias may become its name.
          model.aliases = model.aliases.filter((alias) => alias !== changes.name)
        }
        if (changes.apiBase !== undefined) rehost(draft, model, changes.apiBase, allowNewHost)
        model.name = changes.name ?? model.name
        model.strategy = changes.strategy ?? model.strategy
        if (changes.aliases !== undefined) model.aliases = checkedAliases(draft.models, model, changes.aliases)
        if (changes.fallbacks !== undefined) model.fallbacks = checkedFallbacks(draft.models, id, changes.fallbacks)
        if (changes.provider !== undefined) model.provider = changes.provider
        if (changes.temperature !== undefined) model.temperature = changes.temperature
      }),

    remove: (id: ModelId) =>
      edit(id, (model, draft) => {
        removeModel(draft.models, id, wallMs())
        draft.note('delete', model.name)
      }),
    restore: async (id: ModelId) =>
      change(safeOf(id), ({ models }) => {
        restoreModel(models, id)
        const model = theModel(models, id)
        model.aliases = freeAliases(models, model)
      }),

    /** Adds the keys that are not there yet; when none is new, says which one it already has. */
    async addKeys(id: ModelId, keys: readonly NewKey[]): Promise<KeyId[]> {
      const safe = safeOf(id)
      let added: StoredKey[] = []
      await edit(id, (model, draft) => {
        added = addSecrets(safe, draft, model, keys)
        if (added.length === 0) refuseDuplicate(safe, draft, model, keys)
      })
      return added.map((key) => key.id)
    },

    /** A new secret in place of the old keeps the key's place, label and weight. */
    async editKey(modelId: ModelId, keyId: KeyId, { secret, ...changes }: KeyEdit) {
      const safe = safeOf(modelId)
      return edit(modelId, (model, draft) => {
        editKey(model, keyId, changes)
        if (secret === undefined) return
        const twin = holderOf(draft, model, [safe.fingerprint(secret)])
        if (twin?.id === keyId) return
        if (twin) throw new Failure('DUPLICATE_KEY', { lastFour: twin.lastFour, label: twin.label })
        replaceSecret(draft, model, theKey(model, keyId), secret)
      })
    },

    /** Puts the secret back that was replaced, while it is kept. */
    restoreSecret: (modelId: ModelId, keyId: KeyId) =>
      edit(modelId, (model, draft) => restoreReplaced(draft, model, theKey(model, keyId))),
    /** The secret in use has served, so the one it replaced is not needed any more. */
    settleSecret: (modelId: ModelId, keyId: KeyId) =>
      edit(modelId, (model, draft) => settleReplaced(draft, theKey(model, keyId))),

    moveKey: (modelId: ModelId, keyId: KeyId, toIndex: number) =>
      edit(modelId, (model) => moveKey(model, keyId, toIndex)),
    setPaused: (modelId: ModelId, ids: readonly KeyId[], paused: boolean) =>
      edit(modelId, (model) => setPaused(model, ids, paused)),
    removeKeys: (modelId: ModelId, ids: readonly KeyId[]) =>
      edit(modelId, (model, draft) => {
        removeKeys(model, ids, wallMs())
        for (const id of ids)
          draft.note(
            'delete',
            subjectOf(
              model,
              model.keys.find((key) => key.id === id),
            ),
          )
      }),
    restoreKeys: (modelId: ModelId, ids: readonly KeyId[]) =>
      edit(modelId, (model, draft) => restoreKeys(model, ids, draft.fingerprintOf)),

    bin: () => binOf(home().models()),
    /** Forgets for good what is in the bin, and says which keys it was. */
    async purge(wanted: Purge): Promise<KeyId[]> {
      let forgotten: KeyId[] = []
      // A backup of what is to be forgotten would only keep it.
      await change(home(), (draft) => void (forgotten = purgeBin(draft, wanted)), { backup: null })
      return forgotten
    },

    /** Takes over many models in one commit. */
    async takeOver(
      incoming: readonly IncomingModel[],
      allowNewHost: boolean,
    ): Promise<{ models: number; keys: number }> {
      const safe = home()
      let keys = 0
      const takeOne = (draft: SafeDraft, entry: IncomingModel) => {
        const { url, host } = parseApiBase(entry.apiBase)
        if (!allowNewHost) askAboutHosts(draft, entry.secrets.map(safe.fingerprint), host)
        const model = takenOver(draft, entry, url, allowNewHost)
        return addSecrets(safe, draft, model, entry.secrets.map(asNewKey)).length
      }
      const takeAll = (draft: SafeDraft) => {
        keys = incoming.reduce((count, entry) => count + takeOne(draft, entry), 0)
        draft.note('import', `${incoming.length} models, ${keys} new keys`)
      }
      await change(safe, takeAll, { backup: 'import' })
      return { models: incoming.length, keys }
    },

    fingerprint: (secret: string) => home().fingerprint(secret),
  }

  /** The model of an entry's name, changed to what the entry says, or a new one. */
  function takenOver(draft: SafeDraft, entry: IncomingModel, url: string, allowNewHost: boolean): StoredModel {
    const known = inUse(draft.models).find((one) => one.name === entry.name)
    if (!known) {
      endAliases(draft.models, entry.name)
      const model = storedModel(ModelId.parse(newId()), { ...entry, apiBase: url }, entry.extra)
      draft.models.push(model)
      return model
    }
    rehost(draft, known, url, allowNewHost)
    const { provider, temperature } = entry
    Object.assign(known, { provider, temperature, extra: { ...known.extra, ...entry.extra } })
    return known
  }
}

/** A safe gives out the same models until they change: so the list is made once for many requests. */
function createListing(safes: readonly KeySafe[]): () => readonly ListedModel[] {
  let madeOf: (readonly StoredModel[])[] = []
  let listed: readonly ListedModel[] = []
  return () => {
    if (madeOf.length === safes.length && safes.every((safe, index) => safe.models() === madeOf[index])) return listed
    madeOf = safes.map((safe) => safe.models())
    listed = safes.flatMap(({ origin, fingerprintOf }, index) =>
      inUse(madeOf[index] ?? []).map((model) => ({ model, origin, fingerprintOf })),
    )
    return listed
  }
}

const asNewKey = (secret: string): NewKey => ({ secret })

/** Points a model at another base; its secrets follow to another host only when a person said so. */
function rehost(draft: SafeDraft, model: StoredModel, apiBase: string, allowNewHost: boolean): void {
  const { url, host } = parseApiBase(apiBase)
  const from = hostOf(model.apiBase)
  if (host !== from && model.keys.length > 0) {
    if (!allowNewHost) throw new Failure('KEY_TO_OTHER_HOST', { from, to: host })
    const ids = model.keys.map((key) => key.id)
    draft.allowHost(ids, host)
    draft.note('change-hosts', `${model.name}: ${from} → ${host}`)
  }
  model.apiBase = url
}

function holderOf(draft: SafeDraft, model: StoredModel, fingerprints: readonly string[]): StoredKey | undefined {
  return inUse(model.keys).find((key) => fingerprints.includes(draft.fingerprintOf(key.id) ?? ''))
}

function refuseDuplicate(safe: KeySafe, draft: SafeDraft, model: StoredModel, keys: readonly NewKey[]): never {
  const fingerprints = keys.map((key) => safe.fingerprint(key.secret))
  const twin = holderOf(draft, model, fingerprints)
  throw new Failure('DUPLICATE_KEY', { lastFour: twin?.lastFour ?? '', label: twin?.label ?? '' })
}

function storedKey(id: KeyId, label: string, secret: string): StoredKey {
  return { id, label, weight: 1, paused: false, lastFour: lastFourOf(secret), replaced: null, deletedAtMs: null }
}

function storedModel(id: ModelId, input: NewModel, extra: StoredModel['extra'] = {}): StoredModel {
  const { name, provider, apiBase, temperature, strategy } = input
  return {
    id,
    name,
    provider,
    apiBase,
    temperature,
    strategy,
    keys: [],
    aliases: [],
    fallbacks: [],
    extra,
    deletedAtMs: null,
  }
}
