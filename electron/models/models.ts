import type { Purge } from '../../shared/bin.ts'
import { Failure } from '../../shared/failure.ts'
import { KeyId, ModelId, type HeaderId } from '../../shared/identity.ts'
import type { KeyChange, KeyEdit, KnownSecret, NewKey } from '../../shared/key.ts'
import type { ModelEdit, NewModel } from '../../shared/model.ts'
import { hostOf, parseApiBase } from './api-base.ts'
import { checkedAliases, checkedFallbacks, freeAliases } from './other-names.ts'
import {
  assertNameFree,
  editKey,
  inUse,
  moveKey,
  orderKeys,
  removeKeys,
  removeModel,
  restoreKeys,
  restoreModel,
  setPaused,
  theKey,
  theModel,
} from './catalogue.ts'
import { moveKeysTo } from './moved-keys.ts'
import { knownSecrets } from './known-secrets.ts'
import { setHeaders, theHeader } from './model-headers.ts'
import { binOf, purgeBin, type Forgotten } from './bin.ts'
import type { KeySafe, SafeDraft } from './key-safe.ts'
import { rehost, replaceSecret, restoreReplaced, settleReplaced, subjectOf, type MayMove } from './key-secrets.ts'
import { addNewKeys, holderOf } from './new-keys.ts'
import { storedModel, type StoredKey, type StoredModel } from './stored-model.ts'
import { takeOver, type IncomingModel, type TakenOver } from './take-over.ts'
import { undoImport } from './undo-import.ts'

type CommitOptions = Parameters<KeySafe['commit']>[1]

export interface ModelsDeps {
  /** Looked up in order; a new model goes to the first. */
  safes: readonly KeySafe[]
  newId: () => string
  wallMs: () => number
  /** Called after every kept change: pools are configured anew and pages told. */
  onChange: () => void
  /** Whether requests that were sent to this host would come back to our own gateway. */
  isOwnHost?: (host: string) => boolean
}

export interface ListedModel {
  model: StoredModel
  origin: KeySafe['origin']
  fingerprintOf: KeySafe['fingerprintOf']
}

/** Models and keys as people edit them. A secret is sent only to the hosts it was saved for. */
export type Models = ReturnType<typeof createModels>

export function createModels({ safes, newId, wallMs, onChange, isOwnHost = () => false }: ModelsDeps) {
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

  const home = (): KeySafe => {
    const [safe] = safes
    if (!safe) throw new Failure('VAULT_MISSING', {})
    return safe
  }

  const checkedBase = (apiBase: string): string => {
    const { url, host } = parseApiBase(apiBase)
    if (isOwnHost(host)) throw new Failure('API_BASE_REFUSED', { reason: 'own-gateway' })
    return url
  }

  return {
    /** A base URL without trailing slashes; refuses one that no model may have. */
    checkedBase,

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

    /** The value of one header, for the host its model talks to now. */
    headerOf(modelId: ModelId, headerId: HeaderId): string {
      const safe = safeOf(modelId)
      const model = theModel(safe.models(), modelId)
      return safe.secret(theHeader(model, headerId), hostOf(model.apiBase))
    },

    /** A model with its first keys: both or neither. */
    async add(input: NewModel, keys: readonly NewKey[] = []): Promise<ModelId> {
      const apiBase = checkedBase(input.apiBase)
      const id = ModelId.parse(newId())
      const safe = home()
      await change(safe, (draft) => {
        assertNameFree(draft.models, input.name)
        const model = storedModel(id, { ...input, apiBase })
        draft.models.push(model)
        addNewKeys(draft, model, keys, safe.fingerprint, newId, wallMs())
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
        if (changes.apiBase !== undefined) rehost(draft, model, checkedBase(changes.apiBase), () => allowNewHost)
        model.name = changes.name ?? model.name
        model.strategy = changes.strategy ?? model.strategy
        if (changes.aliases !== undefined) model.aliases = checkedAliases(draft.models, model, changes.aliases)
        if (changes.fallbacks !== undefined) model.fallbacks = checkedFallbacks(draft.models, id, changes.fallbacks)
        if (changes.headers !== undefined) setHeaders(draft, model, changes.headers, newId)
        if (changes.price !== undefined) model.price = changes.price
        if (changes.provider !== undefined) model.provider = changes.provider
        if (changes.temperature !== undefined) model.temperature = changes.temperature
        if (changes.maxWaitMs !== undefined) model.maxWaitMs = changes.maxWaitMs
        if (changes.deadlineMs !== undefined) model.deadlineMs = changes.deadlineMs
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
        added = addNewKeys(draft, model, keys, safe.fingerprint, newId, wallMs())
        if (added.length > 0) return
        refuseTwin(
          draft,
          model,
          keys.map((key) => safe.fingerprint(key.secret)),
        )
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

    /** Changes many keys of a model at once or none of them. */
    editKeys: (modelId: ModelId, edits: readonly { id: KeyId; change: KeyChange }[]) =>
      edit(modelId, (model) => {
        for (const { id, change } of edits) editKey(model, id, change)
      }),

    /** Gives keys to another model of the same safe; says which ones moved: those that it did not hold yet. */
    async moveKeysTo(fromId: ModelId, ids: readonly KeyId[], toId: ModelId, allowNewHost: boolean): Promise<KeyId[]> {
      let moved: KeyId[] = []
      await edit(fromId, (from, draft) => {
        moved = moveKeysTo(draft, { from, to: theModel(draft.models, toId), ids, mayMove: () => allowNewHost })
      })
      return moved
    },

    /** What is known of secrets before they are added to a model, or to a new one. */
    known: (modelId: ModelId | null, secrets: readonly string[]): KnownSecret[] =>
      knownSecrets(safes, modelId, secrets),

    /** Puts the secret back that was replaced, while it is kept. */
    restoreSecret: (modelId: ModelId, keyId: KeyId) =>
      edit(modelId, (model, draft) => restoreReplaced(draft, model, theKey(model, keyId))),
    /** The secret in use has served, so the one it replaced is not needed any more. */
    settleSecret: (modelId: ModelId, keyId: KeyId) =>
      edit(modelId, (model, draft) => settleReplaced(draft, theKey(model, keyId))),

    moveKey: (modelId: ModelId, keyId: KeyId, toIndex: number) =>
      edit(modelId, (model) => moveKey(model, keyId, toIndex)),
    orderKeys: (modelId: ModelId, ids: readonly KeyId[]) => edit(modelId, (model) => orderKeys(model, ids)),
    setPaused: (modelId: ModelId, ids: readonly KeyId[], paused: boolean, untilMs: number | null = null) =>
      edit(modelId, (model) => setPaused(model, ids, paused, untilMs)),
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
    /** Brings keys back from the bin, and says which did not come; when none could, what holds its secret by now. */
    async restoreKeys(modelId: ModelId, ids: readonly KeyId[]): Promise<KeyId[]> {
      let stayed: KeyId[] = []
      await edit(modelId, (model, draft) => {
        stayed = restoreKeys(model, ids, draft.fingerprintOf)
        if (stayed.length < ids.length || stayed.length === 0) return
        refuseTwin(
          draft,
          model,
          stayed.map((id) => draft.fingerprintOf(id) ?? ''),
        )
      })
      return stayed
    },

    bin: () => binOf(home().models()),
    /** Forgets for good what is in the bin, and says what it was. */
    async purge(wanted: Purge): Promise<Forgotten> {
      let forgotten: Forgotten = { keys: [], headers: [] }
      // A backup of what is to be forgotten would only keep it.
      await change(home(), (draft) => void (forgotten = purgeBin(draft, wanted)), { backup: null })
      return forgotten
    },

    /** Takes over many models in one commit, which can be undone until the next. */
    async takeOver(
      incoming: readonly IncomingModel[],
      mayMove: MayMove,
      removed: readonly ModelId[] = [],
    ): Promise<TakenOver> {
      const safe = home()
      let done: TakenOver = { models: 0, keys: 0, removed: 0 }
      const deps = { fingerprint: safe.fingerprint, newId, nowMs: wallMs(), mayMove }
      const takeAll = (draft: SafeDraft) => void (done = takeOver(draft, incoming, deps, removed))
      await change(safe, takeAll, { backup: 'import' })
      return done
    },
    /** When the last import was and what it changed; null when there is none to undo. */
    lastImport: () => home().lastImport(),
    undoImport: () => change(home(), undoImport),

    fingerprint: (secret: string) => home().fingerprint(secret),
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

function refuseTwin(draft: SafeDraft, model: StoredModel, fingerprints: readonly string[]): never {
  const twin = holderOf(draft, model, fingerprints)
  throw new Failure('DUPLICATE_KEY', { lastFour: twin?.lastFour ?? '', label: twin?.label ?? '' })
}
