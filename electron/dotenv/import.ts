import type { FailureData } from '../../shared/failure.ts'
import type { ImportNotice } from '../../shared/transfer.ts'
import { checkText, decodeDotenvBytes, findLongLine } from './decode-bytes.ts'
import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import { uniqueMembers, type JsonObject } from './json-reader.ts'
import { createLocator, type Locate, type Place } from './locate.ts'
import {
  defaultApiBase,
  defaultModel,
  readEntry,
  type IgnoreReason,
  type ImportedModel,
  type Notify,
} from './model-entry.ts'
import { parseDotenv } from './parse.ts'
import { readSimpleVariables, type SimpleVariables } from './simple-variables.ts'
import { statementNotices } from './statement-notices.ts'
import { findVariable, rawStart, type Dropped, type DotenvTree, type Variable } from './tree.ts'
import { createRawOffset } from './value-escapes.ts'

/** An entry that DSLighting's library drops as well. */
export interface IgnoredEntry extends Place {
  name: string
  reason: IgnoreReason
}

export type ImportRefusal = Pick<FailureData<'IMPORT_REFUSED'>, 'reason' | 'line' | 'column' | 'name'> & {
  /** What was read and could not be used, entry by entry. */
  ignored: IgnoredEntry[]
}

export type DotenvImport =
  | { ok: true; models: ImportedModel[]; ignored: IgnoredEntry[]; notices: ImportNotice[]; tree: DotenvTree }
  | ({ ok: false } & ImportRefusal)

/** More than a person will read; what comes after is dropped, the models are not. */
const maxNotices = 500

export function importDotenv(source: string | Uint8Array): DotenvImport {
  const decoded = typeof source === 'string' ? checkText(source) : decodeDotenvBytes(source)
  if (!decoded.ok) return refuse(decoded.reason, decoded.place, null)
  const longLine = findLongLine(decoded.text)
  if (longLine !== null) return refuse('line-too-long', longLine, null)
  return importTree(parseDotenv(decoded.text))
}

export function importTree(tree: DotenvTree): DotenvImport {
  const locate = createLocator(tree.text)
  const notices = statementNotices(tree, locate).slice(0, maxNotices)
  const note = (code: string, place: Place | null, name: string) => {
    if (notices.length < maxNotices)
      notices.push({ code, line: place?.line ?? null, column: place?.column ?? null, name })
  }
  const simple = readSimpleVariables(tree, (code, variable) => note(code, locate(variable.start), variable.name))
  const configs = readConfigs(tree, simple, locate, note)
  if (configs !== null && !configs.ok) return configs
  const models = configs?.models ?? []
  const single = simpleModel(tree, simple, models, configs !== null, locate)
  if (single !== null) {
    models.push(single)
    note('simple-variables', { line: single.line, column: 1 }, single.name)
  }
  if (models.length > 0) {
    return { ok: true, models, ignored: configs?.ignored ?? [], notices, tree }
  }
  const ignored = configs?.ignored ?? []
  const [first] = ignored
  if (first !== undefined) return refuse('nothing-usable', first, first.reason, ignored)
  if (configs !== null) return refuse('nothing-usable', configs.place, modelConfigsName)
  return refuse('no-model-configs', null, null)
}

function refuse(
  reason: ImportRefusal['reason'],
  place: Place | null,
  name: string | null,
  ignored: IgnoredEntry[] = [],
): { ok: false } & ImportRefusal {
  return { ok: false, reason, line: place?.line ?? null, column: place?.column ?? null, name, ignored }
}

type Note = (code: string, place: Place, name: string) => void
type Configs = { ok: true; models: ImportedModel[]; ignored: IgnoredEntry[]; place: Place }

/** Null when the file says nothing about LLM_MODEL_CONFIGS. */
function readConfigs(
  tree: DotenvTree,
  simple: SimpleVariables,
  locate: Locate,
  note: Note,
): Configs | ({ ok: false } & ImportRefusal) | null {
  const variable = findVariable(tree, modelConfigsName)
  if (variable === undefined) return refuseDropped(tree, locate)
  if (!variable.value?.trim()) return null
  const { json, shift, read } = readConfigsJson(variable.value)
  const rawOffset = createRawOffset(variable)
  const placeOf = (at: number) => locate(rawStart(variable) + rawOffset(at + shift))
  if (shift > 0) note('literal-quotes', locate(rawStart(variable)), modelConfigsName)
  if (!read.ok) return refuse('bad-json', placeOf(Math.min(read.at, json.length)), read.fault)
  if (read.root.kind !== 'object') return refuse('not-an-object', placeOf(read.root.at), read.root.kind)
  for (const at of read.comments) note('json-comment', placeOf(at), modelConfigsName)
  for (const at of read.inexact) note('number-inexact', placeOf(at), modelConfigsName)
  for (const twice of read.duplicates) note('duplicate-name', placeOf(twice.at), shownName(twice.name))
  const noteAt: Notify = (code, at, name) => note(code, placeOf(at), name)
  return { ok: true, place: locate(variable.start), ...readEntries(read.root, simple, placeOf, noteAt) }
}

/** LLM_MODEL_CONFIGS' object by itself, without a file's other variables around it. */
export function importConfigs(
  root: JsonObject,
  locate: Locate,
): { models: ImportedModel[]; ignored: IgnoredEntry[]; notices: ImportNotice[] } {
  const notices: ImportNotice[] = []
  const nothing = { apiKeys: [], refusedKeys: [], apiBase: null, model: null, provider: null, temperature: null }
  const entries = readEntries(root, nothing, locate, (code, at, name) => {
    if (notices.length < maxNotices) notices.push({ code, ...locate(at), name })
  })
  return { ...entries, notices }
}

/** Two names that differ only in the space around them are one model; the last wins. */
function readEntries(
  root: JsonObject,
  simple: SimpleVariables,
  placeOf: (at: number) => Place,
  note: Notify,
): { models: ImportedModel[]; ignored: IgnoredEntry[] } {
  const models = new Map<string, ImportedModel>()
  const ignored: IgnoredEntry[] = []
  for (const member of uniqueMembers(root)) {
    const entry = readEntry(member, simple, note)
    if (!entry.ok) {
      const shown = entry.reason === 'name-is-key' ? '' : shownName(member.name)
      ignored.push({ name: shown, reason: entry.reason, ...placeOf(entry.at) })
      continue
    }
    const { name } = entry.model
    if (models.has(name)) note('duplicate-name', member.nameAt, name)
    models.set(name, { ...entry.model, line: placeOf(member.nameAt).line })
  }
  return { models: [...models.values()], ignored }
}

/** A name that is refused may be megabytes of anything. */
function shownName(name: string): string {
  return name
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 80)
}

function refuseDropped(tree: DotenvTree, locate: Locate): ({ ok: false } & ImportRefusal) | null {
  const dropped = tree.nodes.find((node): node is Dropped => node.kind === 'dropped' && node.name === modelConfigsName)
  if (dropped === undefined) return null
  const { reason } = dropped
  const isQuote = reason === 'unterminated-quote' || reason === 'text-after-quote'
  return refuse(isQuote ? reason : 'no-model-configs', locate(dropped.faultAt), modelConfigsName)
}

/** API_KEY with LLM_MODEL is one more model for DSLighting, unless an entry of that name says otherwise. */
function simpleModel(
  tree: DotenvTree,
  simple: SimpleVariables,
  models: readonly ImportedModel[],
  hasConfigs: boolean,
  locate: Locate,
): ImportedModel | null {
  if (simple.apiKeys.length === 0) return null
  const name = simple.model ?? (hasConfigs ? null : defaultModel)
  if (name === null || models.some((model) => model.name === name)) return null
  const variable: Variable | undefined = findVariable(tree, 'LLM_MODEL') ?? findVariable(tree, 'API_KEY')
  return {
    name,
    provider: simple.provider,
    apiBase: simple.apiBase ?? defaultApiBase,
    isDefaultBase: simple.apiBase === null,
    temperature: simple.temperature,
    keys: [...simple.apiKeys],
    refusedKeys: [...simple.refusedKeys],
    extra: {},
    line: variable === undefined ? 1 : locate(variable.start).line,
  }
}
