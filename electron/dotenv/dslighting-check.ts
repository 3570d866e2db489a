// Every trap that a file holds for DSLighting, with the change that takes it away.
import { expandVariables } from './expansion.ts'
import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import {
  memberOf,
  uniqueMembers,
  type JsonMember,
  type JsonObject,
  type JsonRead,
  type JsonValue,
} from './json-reader.ts'
import { isPlaceholderSecret } from './key-text.ts'
import {
  crashingField,
  guessedProvider,
  isDropped,
  loaders,
  numberOf,
  textIn,
  viewOf,
  type Globals,
  type Loader,
  type LoaderView,
} from './dslighting-loaders.ts'
import { defaultApiBase, hostOf, parseTemperature } from './model-entry.ts'
import { readerDifferences } from './reader-differences.ts'
import { findVariable, type DotenvTree } from './tree.ts'
import { isKnownProvider } from './upstream-model-id.ts'

export type TrapCode =
  | 'not-json'
  | 'quoting-hazard'
  | 'json-comments'
  | 'literal-quotes'
  | 'entry-dropped'
  | 'entry-crashes-library'
  | 'list-in-command-line'
  | 'only-three-keys-tried'
  | 'api-keys-ignored'
  | 'alias-ignored'
  | 'placeholder-key'
  | 'global-key-leaks'
  | 'no-key-at-all'
  | 'temperature-zero-ignored'
  | 'openai-base-for-claude'
  | 'openai-base-for-gemini'
  | 'provider-with-prefix'
  | 'provider-unknown'
  | 'provider-missing'
  | 'provider-guessed-wrong'
  | 'name-has-spaces'
  | 'web-first-model-only'
  | 'web-first-key-only'
  | 'blank-variable'
  | 'temperature-variable-invalid'

/** A change that a click can make; see `applyFix`. */
export type Fix =
  /** Writes the value anew in the form that all readers take. */
  | { kind: 'rewrite' }
  | { kind: 'through-gateway'; model: string }
  | { kind: 'set-field'; model: string; field: string; value: JsonValue }
  | { kind: 'rename-field'; model: string; from: string; to: string }
  | { kind: 'remove-field'; model: string; field: string }
  | { kind: 'remove-keys'; model: string; positions: number[] }
  | { kind: 'remove-model'; model: string }
  | { kind: 'rename-model'; model: string; to: string }
  | { kind: 'make-first'; model: string }
  | { kind: 'remove-variable'; name: string }

export interface Trap {
  code: TrapCode
  /** Null when it is about the file. */
  model: string | null
  /** The field or variable; never a value. */
  name: string | null
  loaders: Loader[]
  /** Null where only a person can decide. */
  fix: Fix | null
}

export interface DslightingCheck {
  models: { name: string; views: Record<Loader, LoaderView> }[]
  traps: Trap[]
}

export function checkDslighting(tree: DotenvTree): DslightingCheck {
  const globals = expandVariables(tree, new Map())
  const text = globals.get(modelConfigsName) ?? ''
  const read = text.trim() === '' ? null : readConfigsJson(text).read
  const traps = [...fileTraps(tree, text, read), ...variableTraps(globals)]
  if (read === null || !read.ok || read.root.kind !== 'object') return { models: [], traps }
  const members = uniqueMembers(read.root)
  const models = members.map((member, index) => {
    const entry = { name: member.name, node: member.value, isFirst: index === 0 }
    traps.push(...entryTraps(member, index === 0, globals))
    const views = Object.fromEntries(loaders.map((loader) => [loader, viewOf(loader, entry, globals)]))
    return { name: member.name, views: views as Record<Loader, LoaderView> }
  })
  return { models, traps }
}

const all: Loader[] = [...loaders]

function fileTraps(tree: DotenvTree, text: string, read: JsonRead | null): Trap[] {
  const about = (code: TrapCode, names: Loader[] = all): Trap => {
    const fix: Fix | null = read?.ok === false ? null : { kind: 'rewrite' }
    return { code, model: null, name: modelConfigsName, loaders: names, fix }
  }
  const traps: Trap[] = []
  if (tree.nodes.some((node) => node.kind === 'dropped' && node.name === modelConfigsName)) {
    traps.push({ ...about('not-json'), fix: null })
  }
  if (read === null) return traps
  if (!read.ok || read.root.kind !== 'object') traps.push({ ...about('not-json'), fix: null })
  else if (read.comments.length > 0) traps.push(about('json-comments'))
  if (/^\s*['"]/.test(text) && read.ok) traps.push(about('literal-quotes', ['library', 'web-interface']))
  const variable = findVariable(tree, modelConfigsName)
  const isHazard = readerDifferences(tree).some(({ name }) => name === modelConfigsName)
  if (variable !== undefined && isHazard) {
    // A byte order mark and CR LF belong to the file, not to how the value is written.
    const isOfFile = tree.bom || variable.tail.includes('\r')
    traps.push({ ...about('quoting-hazard'), ...(isOfFile ? { fix: null } : {}) })
  }
  return traps
}

/** The command line passes a variable that is set but blank on as an empty text, and cannot make a number of it. */
function variableTraps(globals: Globals): Trap[] {
  const blank = ['API_KEY', 'API_BASE', 'LLM_TEMPERATURE'].filter((name) => globals.get(name) === '')
  const traps = blank.map((name) => trapOf('blank-variable', name))
  const temperature = globals.get('LLM_TEMPERATURE')
  if (temperature && parseTemperature(temperature) === null) {
    traps.push({ ...trapOf('temperature-variable-invalid', 'LLM_TEMPERATURE'), loaders: ['library', 'command-line'] })
  }
  return traps
}

function trapOf(code: TrapCode, name: string): Trap {
  return { code, model: null, name, loaders: ['command-line'], fix: { kind: 'remove-variable', name } }
}

type Say = (code: TrapCode, name: string | null, where: Loader[], fix: Fix | null) => void

function entryTraps(member: JsonMember, isFirst: boolean, globals: Globals): Trap[] {
  const model = member.name
  const traps: Trap[] = []
  const say: Say = (code, name, where, fix) => void traps.push({ code, model, name, loaders: where, fix })
  if (!isFirst) say('web-first-model-only', null, ['web-interface'], { kind: 'make-first', model })
  if (model !== model.trim())
    say('name-has-spaces', null, ['library'], { kind: 'rename-model', model, to: model.trim() })
  if (member.value.kind !== 'object' || isDropped(member.value)) {
    say('entry-dropped', member.value.kind === 'object' ? 'api_key' : null, ['library', 'command-line'], {
      kind: 'remove-model',
      model,
    })
    return traps
  }
  const crashing = crashingField(member.value)
  if (crashing !== null)
    say('entry-crashes-library', crashing, ['library'], { kind: 'remove-field', model, field: crashing })
  keyTraps(model, member.value, globals, say)
  fieldTraps(model, member.value, say)
  routeTraps(model, member.value, globals, say)
  return traps
}

/** The library makes three attempts in all, whatever the number of keys. */
const attempts = 3

function keyTraps(model: string, entry: JsonObject, globals: Globals, say: Say): void {
  const gateway: Fix = { kind: 'through-gateway', model }
  const key = memberOf(entry, 'api_key')
  const keys = memberOf(entry, 'api_keys')
  if (key?.kind === 'array') {
    say('list-in-command-line', 'api_key', ['command-line'], gateway)
    if (key.items.length > 1) say('web-first-key-only', 'api_key', ['web-interface'], gateway)
    if (key.items.length > attempts) say('only-three-keys-tried', 'api_key', ['library'], gateway)
  } else if (keys !== undefined) {
    say('api-keys-ignored', 'api_keys', ['command-line', 'web-interface'], {
      kind: 'rename-field',
      model,
      from: 'api_keys',
      to: 'api_key',
    })
  }
  placeholderTraps(model, entry, say)
  if (key !== undefined || keys !== undefined) return
  const globalKey = globals.get('API_KEY')
  const base = textIn(entry, 'api_base')
  if (!globalKey) say('no-key-at-all', 'api_key', all, gateway)
  else if (base !== null && hostOf(base) !== hostOf(globals.get('API_BASE') || defaultApiBase)) {
    say('global-key-leaks', 'API_KEY', all, gateway)
  }
}

function placeholderTraps(model: string, entry: JsonObject, say: Say): void {
  for (const field of ['api_key', 'api_keys']) {
    const node = memberOf(entry, field)
    if (node?.kind === 'string' && isPlaceholderSecret(node.value)) {
      say('placeholder-key', field, all, { kind: 'remove-model', model })
    }
    if (node?.kind !== 'array') continue
    const positions = node.items.flatMap((item, index) =>
      item.kind === 'string' && (item.value.trim() === '' || isPlaceholderSecret(item.value)) ? [index] : [],
    )
    if (positions.length > 0) say('placeholder-key', field, all, { kind: 'remove-keys', model, positions })
  }
}

function fieldTraps(model: string, entry: JsonObject, say: Say): void {
  if (memberOf(entry, 'model') !== undefined) {
    say('alias-ignored', 'model', ['command-line', 'web-interface'], { kind: 'remove-field', model, field: 'model' })
  }
  const temperature = memberOf(entry, 'temperature')
  if (temperature?.kind === 'number' && numberOf(temperature) === 0) {
    say('temperature-zero-ignored', 'temperature', ['command-line'], {
      kind: 'set-field',
      model,
      field: 'temperature',
      value: '0',
    })
  }
}

const ownBases = [
  { names: /claude|anthropic/i, code: 'openai-base-for-claude', apiBase: 'https://api.anthropic.com/v1' },
  { names: /gemini/i, code: 'openai-base-for-gemini', apiBase: 'https://generativelanguage.googleapis.com/v1beta' },
] as const

function routeTraps(model: string, entry: JsonObject, globals: Globals, say: Say): void {
  const base = textIn(entry, 'api_base') ?? (globals.get('API_BASE') || defaultApiBase)
  for (const { names, code, apiBase } of ownBases) {
    const isOpenai = hostOf(base) === hostOf(defaultApiBase)
    if (names.test(model) && isOpenai)
      say(code, 'api_base', all, { kind: 'set-field', model, field: 'api_base', value: apiBase })
  }
  const provider = textIn(entry, 'provider') ?? (globals.get('LLM_PROVIDER') || null)
  const prefix = model.includes('/') ? (model.split('/', 1)[0] ?? '') : ''
  const useOpenai: Fix = { kind: 'set-field', model, field: 'provider', value: 'openai' }
  if (provider !== null && isKnownProvider(prefix)) {
    // Its own provider in front of a prefix is harmless today; another makes an id such as `openai/x` at Gemini.
    const broken = provider === prefix ? [] : all
    say('provider-with-prefix', 'provider', broken, { kind: 'remove-field', model, field: 'provider' })
  }
  if (provider === null && isKnownProvider(prefix) && guessedProvider(model) !== prefix) {
    const fix: Fix = { kind: 'set-field', model, field: 'provider', value: prefix }
    say('provider-guessed-wrong', 'provider', ['web-interface'], fix)
  }
  if (provider !== null && !isKnownProvider(provider)) say('provider-unknown', 'provider', all, useOpenai)
  const view = viewOf('library', { name: model, node: entry, isFirst: true }, globals)
  if (provider === null && view.upstreamModel === null)
    say('provider-missing', 'provider', ['library', 'command-line'], useOpenai)
}
