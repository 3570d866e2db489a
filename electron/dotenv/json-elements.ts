// The members of an object or the items of an array, as they stand in their text: taking some out and putting others in
// leaves every byte between the rest alone.
import type { JsonNode } from './json-reader.ts'

/** A piece of text and what takes its place. */
export interface Splice {
  start: number
  end: number
  text: string
}

export interface Element {
  start: number
  end: number
}

/** What stands between two braces or brackets. */
export interface Container extends Element {
  text: string
  elements: readonly Element[]
  lineEnd: string
}

export function containerOf(text: string, node: JsonNode, lineEnd: string): Container {
  const elements =
    node.kind === 'object'
      ? node.members.map((member) => ({ start: member.nameAt, end: member.value.end }))
      : node.kind === 'array'
        ? node.items.map((item) => ({ start: item.at, end: item.end }))
        : []
  return { text, start: node.at, end: node.end, elements, lineEnd }
}

/** Splices do not overlap; of two at one place, the one that was named first comes first. */
export function applySplices(text: string, splices: readonly Splice[], within: Element): string {
  const pieces: string[] = []
  let at = within.start
  for (const splice of splices.toSorted((a, b) => a.start - b.start)) {
    pieces.push(text.slice(at, splice.start), splice.text)
    at = splice.end
  }
  pieces.push(text.slice(at, within.end))
  return pieces.join('')
}

export function isMultiLine({ text, start, end }: Container): boolean {
  return /[\n\r]/.test(text.slice(start, end))
}

/** What the lines of its elements begin with. */
export function indentOf(container: Container): string {
  const { text, start, elements } = container
  const [first] = elements
  if (first !== undefined && standsFirst(container, first)) return text.slice(lineStart(text, first.start), first.start)
  return `${/^[ \t]*/.exec(text.slice(lineStart(text, start)))?.[0] ?? ''}  `
}

/** Takes elements out by their positions and puts new ones behind the last that stays. */
export function changeElements(container: Container, removed: ReadonlySet<number>, added: readonly string[]): Splice[] {
  const { text, elements, start } = container
  const commas = elements.map(({ end }, index) => (index + 1 < elements.length ? commaAfter(text, end) : null))
  const splices = [...removed].map((index) => removalOf(container, elements[index] ?? container, commas[index] ?? null))
  const last = elements.findLastIndex((_element, index) => !removed.has(index))
  const stays = elements[last]
  if (stays === undefined) return added.length === 0 ? splices : [insertion(container, start + 1, added), ...splices]
  const comma = commas[last] ?? null
  if (added.length === 0) return comma === null ? splices : [...splices, { start: comma, end: comma + 1, text: '' }]
  const behind = comma === null ? stays.end : comma + 1
  const place = isMultiLine(container) ? tailEnd(text, behind) : behind
  const separator = comma === null ? [{ start: behind, end: behind, text: ',' }] : []
  return [...separator, insertion(container, place, added), ...splices]
}

function insertion(container: Container, at: number, added: readonly string[]): Splice {
  const { elements, lineEnd } = container
  const before = isMultiLine(container) ? lineEnd + indentOf(container) : ' '
  const text = added.map((one) => before + one).join(',')
  return { start: at, end: at, text: elements.length === 0 && before === ' ' ? text.slice(1) : text }
}

/** With its comma, and with its line and the comment on it when it has the line to itself. */
function removalOf(container: Container, element: Element, comma: number | null): Splice {
  const { text } = container
  const behind = comma === null ? element.end : comma + 1
  const tail = tailEnd(text, behind)
  const hasLine = standsFirst(container, element) && /[\n\r]/.test(text[tail] ?? '')
  if (!hasLine) return { start: element.start, end: match(/[ \t]*/y, text, behind), text: '' }
  return { start: lineStart(text, element.start), end: match(/\r\n?|\n/y, text, tail), text: '' }
}

/** Whether nothing stands before it in its line. */
function standsFirst({ text, start }: Container, element: Element): boolean {
  const line = lineStart(text, element.start)
  return line > start && match(/[ \t]*/y, text, line) >= element.start
}

function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf('\n', at - 1), text.lastIndexOf('\r', at - 1)) + 1
}

/** The end of the space and the comment that follow in the same line. */
export function tailEnd(text: string, at: number): number {
  return match(/[ \t]*(?:#[^\n\r]*)?/y, text, at)
}

export function commaAfter(text: string, at: number): number {
  return match(/(?:[ \t\n\r]|#[^\n\r]*)*/y, text, at)
}

/** Where what the form takes at this place ends. */
function match(form: RegExp, text: string, at: number): number {
  form.lastIndex = at
  return form.test(text) ? form.lastIndex : at
}
