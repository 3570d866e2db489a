// From what both sides were when they were last the same, and what each is now, follows who changed what. What only one
// side changed is advised in advance, unless something would be removed: nothing is removed that nobody asked for.
import type { LinkedChoice, LinkedDifference, LinkedKey, LinkedPart } from '../../../shared/linked-file.ts'

/** A model on one side. Keys are marks that say only which are the same. */
export interface SyncModel {
  readonly name: string
  readonly provider: string | null
  readonly apiBase: string
  readonly temperature: number | null
  readonly keys: readonly string[]
  /** Its entry in the file holds the gateway's address and a token: only the temperature is the model's own there. */
  readonly throughGateway?: boolean
}

/** What both sides last agreed on; what they never agreed on is left out. */
export interface CommonModel {
  readonly name: string
  readonly provider?: string | null
  readonly apiBase?: string
  readonly temperature?: number | null
  readonly keys?: readonly string[]
}

export interface Sides {
  readonly base: readonly CommonModel[]
  readonly vault: readonly SyncModel[]
  readonly file: readonly SyncModel[]
}

type Field = 'apiBase' | 'provider' | 'temperature'
const fields: readonly Field[] = ['apiBase', 'provider', 'temperature']

interface Three {
  readonly name: string
  readonly base: CommonModel | undefined
  readonly vault: SyncModel | undefined
  readonly file: SyncModel | undefined
}

/** A file speaks of the models it names, or named: others are no business of it. */
function threes({ base, vault, file }: Sides): Three[] {
  const by = <M extends CommonModel>(models: readonly M[]) => new Map(models.map((model) => [model.name, model]))
  const sides = { base: by(base), vault: by(vault), file: by(file) }
  const names = new Set([...file, ...base].map(({ name }) => name))
  return [...names].map((name) => ({
    name,
    base: sides.base.get(name),
    vault: sides.vault.get(name),
    file: sides.file.get(name),
  }))
}

const rowId = (name: string, part: LinkedPart) => `${part} ${name}`
const text = (value: string | number | null | undefined) =>
  value === null || value === undefined ? null : String(value)
const isSameSet = (a: readonly string[], b: readonly string[]) => {
  const known = new Set(a)
  return known.size === new Set(b).size && b.every((one) => known.has(one))
}
const lacks = (now: readonly string[], before: readonly string[]) => before.some((one) => !now.includes(one))

/** `lastFourOf` tells of a mark what may be shown of the key. */
export function differences(sides: Sides, lastFourOf: (mark: string) => string): LinkedDifference[] {
  return threes(sides).flatMap((three) => {
    const { vault, file } = three
    if (vault === undefined && (file === undefined || file.throughGateway === true)) return []
    if (vault === undefined || file === undefined) return [ofModel(three, lastFourOf)]
    const own = file.throughGateway === true ? (['temperature'] as const) : fields
    const rows = own.flatMap((field) => ofField(three, field, vault, file))
    return file.throughGateway === true ? rows : [...rows, ...ofKeys(three, vault, file, lastFourOf)]
  })
}

function ofModel(three: Three, lastFourOf: (mark: string) => string): LinkedDifference {
  const { name, base, vault, file } = three
  const there = vault ?? file
  const changed =
    base === undefined ? (vault ? 'vault' : 'file') : there && isSame(there, base) ? (vault ? 'file' : 'vault') : 'both'
  const keys = (there?.keys ?? []).map((mark): LinkedKey => {
    return { lastFour: lastFourOf(mark), vault: !!vault, file: !!file, before: base?.keys?.includes(mark) ?? false }
  })
  const values = { vault: vault?.apiBase ?? null, file: file?.apiBase ?? null, before: base?.apiBase ?? null }
  const advised = base === undefined ? changed : null
  return { id: rowId(name, 'model'), model: name, part: 'model', changed, ...values, keys, advised: sideOf(advised) }
}

const sideOf = (changed: LinkedDifference['changed'] | null) => (changed === 'both' ? null : changed)

const isSame = (model: SyncModel, base: CommonModel): boolean =>
  fields.every((field) => model[field] === base[field]) && isSameSet(model.keys, base.keys ?? [])

function ofField({ name, base }: Three, field: Field, vault: SyncModel, file: SyncModel): LinkedDifference[] {
  if (vault[field] === file[field]) return []
  const changed = whoChanged(base && base[field] === vault[field], base && base[field] === file[field])
  const values = { vault: text(vault[field]), file: text(file[field]), before: text(base?.[field]) }
  return [{ id: rowId(name, field), model: name, part: field, changed, ...values, keys: [], advised: sideOf(changed) }]
}

const whoChanged = (isVaultSame = false, isFileSame = false): LinkedDifference['changed'] =>
  isVaultSame ? 'file' : isFileSame ? 'vault' : 'both'

function ofKeys(
  { name, base }: Three,
  vault: SyncModel,
  file: SyncModel,
  lastFourOf: (mark: string) => string,
): LinkedDifference[] {
  if (isSameSet(vault.keys, file.keys)) return []
  const before = base?.keys
  const changed = whoChanged(before && isSameSet(before, vault.keys), before && isSameSet(before, file.keys))
  const keys = [...new Set([...vault.keys, ...file.keys])].map((mark): LinkedKey => {
    const [inVault, inFile] = [vault.keys.includes(mark), file.keys.includes(mark)]
    return { lastFour: lastFourOf(mark), vault: inVault, file: inFile, before: before?.includes(mark) ?? false }
  })
  const removes = changed === 'file' ? lacks(file.keys, vault.keys) : lacks(vault.keys, file.keys)
  const values = { vault: null, file: null, before: null }
  const advised = removes ? null : sideOf(changed)
  return [{ id: rowId(name, 'keys'), model: name, part: 'keys', changed, ...values, keys, advised }]
}

/** Both sides and their common ground after what was chosen; what was not chosen stays different, and as old as it was. */
export function resolve(sides: Sides, choices: readonly LinkedChoice[]): Sides {
  const chosen = new Map(choices.map(({ row, take }) => [row, take]))
  const resolved = threes(sides).map((three) => resolveOne(three, (part) => chosen.get(rowId(three.name, part))))
  const named = new Set(resolved.map(({ name }) => name))
  // The vault's other models are none of the file's business and stay as they are.
  const others = sides.vault.filter(({ name }) => !named.has(name))
  return {
    base: resolved.flatMap(({ base }) => (base === undefined ? [] : [base])),
    vault: [...resolved.flatMap(({ vault }) => (vault === undefined ? [] : [vault])), ...others],
    file: resolved.flatMap(({ file }) => (file === undefined ? [] : [file])),
  }
}

type Take = LinkedChoice['take'] | undefined

function resolveOne(three: Three, takeOf: (part: LinkedPart) => Take): Three {
  const { name, vault, file } = three
  if (vault === undefined && file === undefined) return { ...three, base: undefined }
  if (vault === undefined || file === undefined) return resolveModel(three, takeOf('model'))
  const own = file.throughGateway === true ? (['temperature'] as const) : fields
  const taken = own.map((field) => [field, resolveField(three, field, vault, file, takeOf(field))] as const)
  const agreed = taken.filter(([, one]) => one.base !== undefined).map(([field, one]) => [field, one.base])
  const keys =
    file.throughGateway === true ? { vault: vault.keys, file: file.keys } : takeKeys(vault, file, takeOf('keys'))
  const commonKeys = file.throughGateway !== true && isSameSet(keys.vault, keys.file) ? keys.vault : three.base?.keys
  return {
    name,
    base: { name, ...Object.fromEntries(agreed), ...(commonKeys && { keys: commonKeys }) },
    vault: { ...vault, ...Object.fromEntries(taken.map(([field, one]) => [field, one.vault])), keys: keys.vault },
    file: { ...file, ...Object.fromEntries(taken.map(([field, one]) => [field, one.file])), keys: keys.file },
  }
}

/** A model that is on one side only: there, on both or on none after it. */
function resolveModel(three: Three, take: Take): Three {
  if (take === undefined) return three
  const { name, vault, file } = three
  const model = take === 'both' ? (vault ?? file) : three[take]
  return { name, base: model, vault: model, file: model }
}

function resolveField({ base }: Three, field: Field, vault: SyncModel, file: SyncModel, take: Take) {
  if (take === undefined && vault[field] !== file[field]) {
    return { base: base?.[field], vault: vault[field], file: file[field] }
  }
  const value = take === 'file' ? file[field] : vault[field]
  return { base: value, vault: value, file: value }
}

function takeKeys(vault: SyncModel, file: SyncModel, take: Take) {
  if (take === undefined) return { vault: vault.keys, file: file.keys }
  const both = [...new Set([...vault.keys, ...file.keys])]
  const keys = take === 'vault' ? vault.keys : take === 'file' ? file.keys : both
  return { vault: keys, file: keys }
}
