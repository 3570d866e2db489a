// The text of an object becomes text that says what is meant, and what already says it keeps its bytes, `# …` comments
// included.
import {
  applySplices,
  changeElements,
  commaAfter,
  containerOf,
  indentOf,
  isMultiLine,
  tailEnd,
  type Container,
  type Splice,
} from './json-elements.ts'
import { writeJson } from './json-form.ts'
import {
  plainJson,
  uniqueMembers,
  type JsonMember,
  type JsonNode,
  type JsonObject,
  type JsonValue,
} from './json-reader.ts'

export type Entries = readonly (readonly [string, JsonValue])[]

/** `text` is what `root` was read from; the order of the entries counts. */
export function reconcileJson(text: string, root: JsonObject, entries: Entries, lineEnd: string): string {
  return applySplices(text, new Reconciler(text, lineEnd).members(root, entries), { start: 0, end: text.length })
}

class Reconciler {
  private readonly text: string
  private readonly lineEnd: string

  constructor(text: string, lineEnd: string) {
    this.text = text
    this.lineEnd = lineEnd
  }

  members(object: JsonObject, entries: Entries): Splice[] {
    const present = uniqueMembers(object)
    const container = containerOf(this.text, object, this.lineEnd)
    const meant = new Map(entries)
    const names = [...meant.keys()]
    if (isRenaming(present, names)) {
      return present.flatMap((member, index) => this.renamed(container, member, names[index] ?? '', meant))
    }
    if (!keepsOrder(present, names)) return [this.rebuilt(container, object, present, meant)]
    const known = new Set(present.map(({ name }) => name))
    const changed = present.flatMap(({ name, value }) => {
      const after = meant.get(name)
      return after === undefined ? [] : this.value(container, value, after)
    })
    const removed = new Set(object.members.flatMap(({ name }, index) => (meant.has(name) ? [] : [index])))
    const added = [...meant]
      .filter(([name]) => !known.has(name))
      .map(([name, value]) => this.member(container, name, value))
    return [...changed, ...(removed.size + added.length > 0 ? changeElements(container, removed, added) : [])]
  }

  private renamed(
    container: Container,
    { name, nameAt, value }: JsonMember,
    to: string,
    meant: ReadonlyMap<string, JsonValue>,
  ) {
    const changed = this.value(container, value, meant.get(to) ?? null)
    if (name === to) return changed
    const end = nameAt + (/^"[^"\\]*(?:\\.[^"\\]*)*"/.exec(this.text.slice(nameAt, value.at))?.[0].length ?? 0)
    return [{ start: nameAt, end, text: writeJson(to, this.layout(container)) }, ...changed]
  }

  private value(container: Container, node: JsonNode, meant: JsonValue): Splice[] {
    if (says(node, meant)) return []
    if (node.kind === 'object' && isRecord(meant)) return this.members(node, inOrderOf(node, meant))
    if (node.kind === 'array' && Array.isArray(meant)) {
      const change = itemChange(node.items, meant)
      const inner = containerOf(this.text, node, this.lineEnd)
      if (change !== null) {
        return changeElements(
          inner,
          change.removed,
          change.added.map((item) => writeJson(item, this.layout(inner))),
        )
      }
    }
    return [{ start: node.at, end: node.end, text: writeJson(meant, this.layout(container)) }]
  }

  private member(container: Container, name: string, value: JsonValue): string {
    const layout = this.layout(container)
    return `${writeJson(name, layout)}: ${writeJson(value, layout)}`
  }

  private layout(container: Container) {
    return { lineEnd: isMultiLine(container) ? this.lineEnd : null, indent: indentOf(container) }
  }

  /** Another order: each member moves with the comments above it and behind it. */
  private rebuilt(
    container: Container,
    object: JsonObject,
    present: readonly JsonMember[],
    meant: ReadonlyMap<string, JsonValue>,
  ): Splice {
    const { text } = this
    const isOpen = isMultiLine(container)
    const chunks = new Map(present.map((member) => [member.name, this.chunk(container, object, member)]))
    const lines = [...meant].map(([name, value], index) => {
      const { member, above, behind } = chunks.get(name) ?? { member: null, above: [], behind: '' }
      const comma = index + 1 < meant.size ? ',' : ''
      const written =
        member === null
          ? this.member(container, name, value)
          : applySplices(text, this.value(container, member.value, value), {
              start: member.nameAt,
              end: member.value.end,
            })
      return [...above, `${written}${comma}${behind === '' ? '' : ` ${behind}`}`]
    })
    const close = object.end - 1
    const end = /[ \t]*$/.exec(text.slice(object.at + 1, close))?.[0] ?? ''
    const inner = isOpen
      ? lines
          .flat()
          .map((line) => this.lineEnd + indentOf(container) + line)
          .join('') +
        this.lineEnd +
        end
      : lines.flat().join(' ')
    return { start: object.at, end: object.end, text: `{${inner}}` }
  }

  private chunk(container: Container, object: JsonObject, member: JsonMember) {
    const index = object.members.indexOf(member)
    const before = object.members[index - 1]
    const comma = before === undefined ? object.at : commaAfter(this.text, before.value.end)
    const above = this.text.slice(before === undefined ? comma + 1 : tailEnd(this.text, comma + 1), member.nameAt)
    const isLast = index === object.members.length - 1
    const end = isLast ? member.value.end : commaAfter(this.text, member.value.end) + 1
    return {
      member,
      above: above.match(/#[^\n\r]*/g) ?? [],
      behind: this.text.slice(end, tailEnd(this.text, end)).trim(),
    }
  }
}

/** As many members, and where a name differs, the old one is gone and the new one was not there. */
function isRenaming(present: readonly JsonMember[], names: readonly string[]): boolean {
  if (present.length !== names.length) return false
  const old = new Set(present.map(({ name }) => name))
  const wanted = new Set(names)
  return present.every(({ name }, index) => {
    const to = names[index] ?? ''
    return name === to || (!wanted.has(name) && !old.has(to))
  })
}

/** Whether what stays is in the order it had, with everything new behind it. */
function keepsOrder(present: readonly JsonMember[], names: readonly string[]): boolean {
  const wanted = new Set(names)
  const staying = present.filter(({ name }) => wanted.has(name))
  return staying.every(({ name }, index) => name === names[index])
}

/** Inside an entry the order of fields means nothing: they stay where they are. */
function inOrderOf(node: JsonObject, meant: Readonly<Record<string, JsonValue>>): Entries {
  const wanted = new Map(Object.entries(meant))
  const present = uniqueMembers(node)
  if (isRenaming(present, [...wanted.keys()])) return [...wanted]
  const staying = present.filter(({ name }) => wanted.has(name))
  const ordered = new Map(staying.map(({ name }) => [name, wanted.get(name) ?? null] as const))
  for (const [name, value] of wanted) ordered.set(name, value)
  return [...ordered]
}

/** Null when items would have to move or to be put between others. */
function itemChange(items: readonly JsonNode[], meant: readonly JsonValue[]) {
  const places = new Map<string, number[]>()
  for (const [index, item] of items.entries()) {
    const key = JSON.stringify(plainJson(item))
    places.set(key, [...(places.get(key) ?? []), index])
  }
  const removed = new Set(items.keys())
  const added: JsonValue[] = []
  let from = 0
  for (const value of meant) {
    const at = places.get(JSON.stringify(value))?.find((index) => index >= from)
    if (at === undefined) added.push(value)
    else if (added.length > 0) return null
    else {
      removed.delete(at)
      from = at + 1
    }
  }
  return removed.size === items.length ? null : { removed, added }
}

function says(node: JsonNode, value: JsonValue): boolean {
  if (node.kind === 'null') return value === null
  if (node.kind === 'array') {
    return (
      Array.isArray(value) &&
      node.items.length === value.length &&
      node.items.every((item, at) => says(item, value[at] ?? null))
    )
  }
  if (node.kind !== 'object') return Object.is(node.value, value)
  if (!isRecord(value)) return false
  const members = uniqueMembers(node)
  if (members.length !== Object.keys(value).length) return false
  return members.every((member) => {
    const meant = Object.hasOwn(value, member.name) ? value[member.name] : undefined
    return meant !== undefined && says(member.value, meant)
  })
}

function isRecord(value: JsonValue): value is Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
