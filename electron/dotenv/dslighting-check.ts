// Every trap that a file holds for DSLighting, with the change that takes it away.
import type { TrapCode } from '../../shared/dslighting.ts'
import { expandVariables } from './expansion.ts'
import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import { memberOf, uniqueMembers, type JsonMember, type JsonObject, type JsonRead } from './json-reader.ts'
import { isPlaceholderSecret } from '../../shared/key-text.ts'
import {
  crashingField,
  guessedProvider,
  isDropped,
  loaders,
  numberOf,
  textIn,
  viewOf,
  type Entry,
  type Globals,
  type Loader,
  type LoaderView,
} from './dslighting-loaders.ts'
import { defaultApiBase, defaultModel, hostOf, parseTemperature } from './model-entry.ts'
import { readerDifferences } from './reader-differences.ts'
import { findVariable, type DotenvTree } from './tree.ts'
import { isKnownProvider } from './upstream-model-id.ts'

/** A change that a click can make; see `applyFix`. */
export type Fix =
  /** Writes the value anew in the form that all readers take. */
  | { kind: 'rewrite' }
  | { kind: 'through-gateway'; model: string }
  | { kind: 'set-field'; model: string; field: string; value: string }
  | { kind: 'rename-field'; model: string; from: string; to: string }
  | { kind: 'remove-field'; model: string; field: string }
  | { kind: 'remove-keys'; model: string; field: string; positions: number[] }
  /** Writes a list of one key as that key. */
  | { kind: 'key-as-text'; model: string }
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
  /** The change gives something up, or sends keys elsewhere: it is never made among others. */
  needsDecision: boolean
}

export interface DslightingCheck {
  models: { name: string; views: Record<Loader, LoaderView> }[]
  traps: Trap[]
}

type Finding = Omit<Trap, 'needsDecision'>

export function checkDslighting(tree: DotenvTree): DslightingCheck {
  const { models, findings } = check(tree)
  return { models, traps: findings.map((finding) => ({ ...finding, needsDecision: needsDecision(finding) })) }
}

function needsDecision({ code, fix }: Finding): boolean {
  if (fix === null) return true
  if (['through-gateway', 'remove-model', 'make-first'].includes(fix.kind)) return true
  return ['openai-base-for-claude', 'openai-base-for-gemini', 'alias-ignored'].includes(code)
}

function check(tree: DotenvTree): { models: DslightingCheck['models']; findings: Finding[] } {
  const globals = expandVariables(tree, new Map())
  const text = globals.get(modelConfigsName) ?? ''
  const read = text.trim() === '' ? null : readConfigsJson(text).read
  const findings = [...fileTraps(tree, text, read), ...variableTraps(globals)]
  const view = (entry: Entry) =>
    Object.fromEntries(loaders.map((loader) => [loader, viewOf(loader, entry, globals)])) as Record<Loader, LoaderView>
  const members = read?.ok === true && read.root.kind === 'object' ? uniqueMembers(read.root) : []
  const taken = new Set(members.map(({ name }) => name))
  const models = members.map((member, index) => {
    findings.push(...entryTraps(member, index === 0, globals, taken))
    return { name: member.name, views: view({ name: member.name, node: member.value, isFirst: index === 0 }) }
  })
  const simple = simpleName(globals, read !== null)
  if (simple !== null && !taken.has(simple)) {
    models.push({ name: simple, views: view({ name: simple, node: null, isFirst: read === null }) })
  }
  return { models, findings }
}

/** The model that the simple variables alone describe, where they describe one. */
function simpleName(globals: Globals, hasConfigs: boolean): string | null {
  const name = globals.get('LLM_MODEL') || null
  return name ?? (!hasConfigs && globals.get('API_KEY') ? defaultModel : null)
}

const all: Loader[] = [...loaders]

function fileTraps(tree: DotenvTree, text: string, read: JsonRead | null): Finding[] {
  const about = (code: TrapCode, names: Loader[] = all): Finding => {
    const fix: Fix | null = read?.ok === false ? null : { kind: 'rewrite' }
    return { code, model: null, name: modelConfigsName, loaders: names, fix }
  }
  const traps: Finding[] = []
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
function variableTraps(globals: Globals): Finding[] {
  const blank = ['API_KEY', 'API_BASE', 'LLM_TEMPERATURE'].filter((name) => globals.get(name) === '')
  const traps = blank.map((name) => trapOf('blank-variable', name))
  const temperature = globals.get('LLM_TEMPERATURE')
  if (temperature && parseTemperature(temperature) === null) {
    traps.push({ ...trapOf('temperature-variable-invalid', 'LLM_TEMPERATURE'), loaders: ['library', 'command-line'] })
  }
  return traps
}

function trapOf(code: TrapCode, name: string): Finding {
  return { code, model: null, name, loaders: ['command-line'], fix: { kind: 'remove-variable', name } }
}

type Say = (code: TrapCode, name: string | null, where: Loader[], fix: Fix | null) => void

function entryTraps(member: JsonMember, isFirst: boolean, globals: Globals, taken: ReadonlySet<string>): Finding[] {
  const model = member.name
  const traps: Finding[] = []
  const say: Say = (code, name, where, fix) => void traps.push({ code, model, name, loaders: where, fix })
  if (!isFirst) say('web-first-model-only', null, ['web-interface'], { kind: 'make-first', model })
  const to = model.trim()
  if (model !== to) {
    say('name-has-spaces', null, ['library'], to === '' || taken.has(to) ? null : { kind: 'rename-model', model, to })
  }
  if (member.value.kind !== 'object' || isDropped(member.value)) {
    say('entry-dropped', member.value.kind === 'object' ? 'api_key' : null, ['library', 'command-line'], {
      kind: 'remove-model',
      model,
    })
    return traps
  }
  const crashing = crashingField(member.value)
  if (crashing !== null) {
    say('entry-crashes-library', crashing, ['library'], crashFix(model, member.value, crashing))
  }
  keyTraps(model, member.value, globals, say)
  fieldTraps(model, member.value, say)
  routeTraps(model, member.value, globals, say)
  return traps
}

function crashFix(model: string, entry: JsonObject, field: string): Fix {
  const node = memberOf(entry, field)
  if (field === 'api_keys' && node?.kind === 'string' && memberOf(entry, 'api_key') === undefined) {
    return { kind: 'rename-field', model, from: field, to: 'api_key' }
  }
  if (node?.kind !== 'array') return { kind: 'remove-field', model, field }
  return withoutKeys(
    model,
    field,
    node.items.map((item) => item.kind !== 'string'),
  )
}

/** An entry that would be left with no key would be sent the global one. */
function withoutKeys(model: string, field: string, unusable: readonly boolean[]): Fix {
  if (unusable.every((isUnusable) => isUnusable)) return { kind: 'remove-model', model }
  const positions = unusable.flatMap((isUnusable, index) => (isUnusable ? [index] : []))
  return { kind: 'remove-keys', model, field, positions }
}

/** The library makes three attempts in all, whatever the number of keys. */
const attempts = 3

function keyTraps(model: string, entry: JsonObject, globals: Globals, say: Say): void {
  const gateway: Fix = { kind: 'through-gateway', model }
  const key = memberOf(entry, 'api_key')
  const keys = memberOf(entry, 'api_keys')
  if (key?.kind === 'array') {
    const alone: Fix = { kind: 'key-as-text', model }
    const isOne = key.items.length === 1 && key.items[0]?.kind === 'string'
    say('list-in-command-line', 'api_key', ['command-line'], isOne ? alone : gateway)
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
    const unusable = node.items.map(
      (item) => item.kind === 'string' && (item.value.trim() === '' || isPlaceholderSecret(item.value)),
    )
    if (unusable.includes(true)) say('placeholder-key', field, all, withoutKeys(model, field, unusable))
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
    // Where the web interface would guess another one, it has to be named.
    const isNeeded = provider === prefix && guessedProvider(model) !== prefix
    const isOwn = memberOf(entry, 'provider') !== undefined
    const drop: Fix | null = isOwn ? { kind: 'remove-field', model, field: 'provider' } : null
    if (!isNeeded) say('provider-with-prefix', 'provider', broken, drop)
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
