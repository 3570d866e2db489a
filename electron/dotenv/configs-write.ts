// What LLM_MODEL_CONFIGS says is changed where it stands: entries and fields that say the same keep their bytes, and a
// comment goes only with what it is about, or where no form of it is read alike; then its line is named.
import { modelConfigsName, readConfigsJson } from './configs-json.ts'
import { setJsonText, setJsonVariable, usualLineEnd, type EditRefusal } from './edit.ts'
import { withoutHazards } from './json-form.ts'
import { reconcileJson, type Entries } from './json-reconcile.ts'
import { readJson, recordOf, type JsonObject } from './json-reader.ts'
import { createLocator } from './locate.ts'
import { findVariable, rawStart, type DotenvTree, type Variable } from './tree.ts'
import { createRawOffset, withLineFeeds } from './value-escapes.ts'

export type ConfigsEdit =
  | {
      ok: true
      tree: DotenvTree
      /** Lines of the file as it was whose comment inside the JSON is not in the new one. */
      lostComments: number[]
    }
  | EditRefusal

/** The whole value in the form that all readers take, without its comments, which are not JSON. */
export function writeConfigs(tree: DotenvTree, entries: Entries): ConfigsEdit {
  return withLost(tree, setJsonVariable(tree, modelConfigsName, recordOf(entries)))
}

/** Makes the value say what is meant, its entries in this order, and leaves the rest of it as it is. */
export function editConfigs(tree: DotenvTree, entries: Entries): ConfigsEdit {
  const variable = findVariable(tree, modelConfigsName)
  const present = variable === undefined ? null : readInPlace(variable, usualLineEnd(tree.text))
  if (present === null) return writeConfigs(tree, entries)
  const json = reconcileJson(present.json, present.root, entries, usualLineEnd(tree.text))
  return withLost(tree, setJsonText(tree, modelConfigsName, json))
}

/** The JSON as it can stand between single quotes: as written where it does so already. */
function readInPlace(variable: Variable, lineEnd: string): { json: string; root: JsonObject } | null {
  const value = variable.value ?? ''
  const inner = variable.raw.slice(1, -1)
  const isPlain = variable.quote === 'single' && withLineFeeds(inner) === value && /^\s*\{/.test(inner)
  const json = isPlain ? inner : readConfigsJson(value).json.replaceAll('\n', lineEnd)
  const safe = withoutHazards(json)
  const read = readJson(safe)
  return read.ok && read.root.kind === 'object' ? { json: safe, root: read.root } : null
}

function withLost(before: DotenvTree, edit: ReturnType<typeof setJsonText>): ConfigsEdit {
  return edit.ok ? { ...edit, lostComments: lostComments(before, edit.tree) } : edit
}

/** Lines of the first file whose comments inside the JSON are not in the second. */
export function lostComments(before: DotenvTree, after: DotenvTree): number[] {
  const left = new Map<string, number>()
  for (const { text } of commentsOf(after)) left.set(text, (left.get(text) ?? 0) + 1)
  const lost = commentsOf(before).filter(({ text }) => {
    const count = left.get(text) ?? 0
    left.set(text, count - 1)
    return count <= 0
  })
  return lost.map(({ line }) => line)
}

function commentsOf(tree: DotenvTree): { text: string; line: number }[] {
  const variable = findVariable(tree, modelConfigsName)
  if (variable?.value === undefined || variable.value === null) return []
  const { json, shift, read } = readConfigsJson(variable.value)
  if (!read.ok || read.comments.length === 0) return []
  const locate = createLocator(tree.text)
  const rawOffset = createRawOffset(variable)
  return read.comments.map((at) => {
    const end = json.indexOf('\n', at)
    const text = json.slice(at, end === -1 ? json.length : end).trimEnd()
    return { text, line: locate(rawStart(variable) + rawOffset(at + shift)).line }
  })
}
