// A JSON reader (RFC 8259) that knows where everything stands and says what it expected in words of its own: the
// built-in one quotes the text around a fault, which here is a secret. It also takes `# …` comments, as the guide's
// example has them, and keeps every member of an object, also those with the same name.

export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue }

interface At {
  /** Offset of its first character. */
  readonly at: number
  /** Offset behind its last character. */
  readonly end: number
}
export type JsonNode =
  | (At & { readonly kind: 'null' })
  | (At & { readonly kind: 'boolean'; readonly value: boolean })
  | (At & { readonly kind: 'number'; readonly value: number })
  | (At & { readonly kind: 'string'; readonly value: string })
  | (At & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (At & { readonly kind: 'object'; readonly members: readonly JsonMember[] })
export type JsonObject = Extract<JsonNode, { kind: 'object' }>
export interface JsonMember {
  readonly name: string
  readonly nameAt: number
  readonly value: JsonNode
}

/** What was expected, or what was found that may not be there. */
export type JsonFault =
  | 'value'
  | 'comma-or-bracket'
  | 'comma-or-brace'
  | 'colon'
  | 'member-name'
  | 'trailing-comma'
  | 'end-of-string'
  | 'control-character'
  | 'escape'
  | 'number'
  | 'depth'
  | 'text-after-json'

export type JsonRead =
  | { ok: true; root: JsonNode; comments: number[]; duplicates: { name: string; at: number }[]; inexact: number[] }
  | { ok: false; at: number; fault: JsonFault }

const maxJsonDepth = 64

class Fault extends Error {
  readonly fault: JsonFault
  readonly at: number

  constructor(fault: JsonFault, at: number) {
    super(fault)
    this.fault = fault
    this.at = at
  }
}

export function readJson(text: string): JsonRead {
  const reader = new JsonReader(text)
  try {
    const root = reader.document()
    const { comments, duplicates, inexact } = reader
    return { ok: true, root, comments, duplicates, inexact }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, at: error.at, fault: error.fault }
    throw error
  }
}

/** The member that counts: the last of its name, as in Python's and JavaScript's own readers. */
export function memberOf(object: JsonObject, name: string): JsonNode | undefined {
  return object.members.findLast((member) => member.name === name)?.value
}

/** Each name once, where it first stood, with the value that counts. */
export function uniqueMembers(object: JsonObject): JsonMember[] {
  const last = new Map<string, JsonMember>()
  for (const member of object.members) last.set(member.name, member)
  return [...last.values()]
}

/** Plain data. Objects have no prototype, so that `__proto__` is a name like any other. */
export function plainJson(node: JsonNode): JsonValue {
  if (node.kind === 'null') return null
  if (node.kind === 'array') return node.items.map(plainJson)
  if (node.kind !== 'object') return node.value
  return recordOf(uniqueMembers(node).map((member) => [member.name, plainJson(member.value)]))
}

export function recordOf(entries: Iterable<readonly [string, JsonValue]>): Record<string, JsonValue> {
  const record = Object.create(null) as Record<string, JsonValue>
  for (const [name, value] of entries) record[name] = value
  return record
}

const whiteSpace = /[ \t\n\r]+/y
const comment = /#[^\n\r]*/y
const numberForm = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const literals = [
  ['null', null],
  ['true', true],
  ['false', false],
] as const
const shortEscapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

class JsonReader {
  readonly comments: number[] = []
  readonly duplicates: { name: string; at: number }[] = []
  /** Whole numbers that lose digits as a double. */
  readonly inexact: number[] = []
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  document(): JsonNode {
    const root = this.value(0)
    this.skipSpace()
    if (this.at < this.text.length) throw new Fault('text-after-json', this.at)
    return root
  }

  private value(depth: number): JsonNode {
    this.skipSpace()
    if (depth > maxJsonDepth) throw new Fault('depth', this.at)
    const first = this.text[this.at]
    if (first === '{') return this.object(depth)
    if (first === '[') return this.array(depth)
    const at = this.at
    if (first === '"') return { kind: 'string', at, value: this.string(), end: this.at }
    return this.literal() ?? this.number()
  }

  private object(depth: number): JsonNode {
    const at = this.at
    const members: JsonMember[] = []
    const seen = new Set<string>()
    const close = () => this.closes('}', members.length === 0, 'comma-or-brace')
    this.at += 1
    while (!close()) {
      const member = this.member(depth)
      if (seen.has(member.name)) this.duplicates.push({ name: member.name, at: member.nameAt })
      seen.add(member.name)
      members.push(member)
    }
    return { kind: 'object', at, end: this.at, members }
  }

  private member(depth: number): JsonMember {
    this.skipSpace()
    const nameAt = this.at
    if (this.text[nameAt] !== '"') throw new Fault('member-name', nameAt)
    const name = this.string()
    this.skipSpace()
    if (this.text[this.at] !== ':') throw new Fault('colon', this.at)
    this.at += 1
    return { name, nameAt, value: this.value(depth + 1) }
  }

  private array(depth: number): JsonNode {
    const at = this.at
    const items: JsonNode[] = []
    this.at += 1
    while (!this.closes(']', items.length === 0, 'comma-or-bracket')) items.push(this.value(depth + 1))
    return { kind: 'array', at, end: this.at, items }
  }

  /** Takes the closing mark, or the comma before the next element. */
  private closes(mark: string, isFirst: boolean, fault: JsonFault): boolean {
    this.skipSpace()
    if (this.text[this.at] === mark) {
      this.at += 1
      return true
    }
    if (isFirst) return false
    if (this.text[this.at] !== ',') throw new Fault(fault, this.at)
    const comma = this.at
    this.at += 1
    this.skipSpace()
    if (this.text[this.at] === mark) throw new Fault('trailing-comma', comma)
    return false
  }

  private string(): string {
    const open = this.at
    let value = ''
    this.at += 1
    for (;;) {
      value += this.plainCharacters()
      const code = this.text.charCodeAt(this.at)
      if (code === 0x22) {
        this.at += 1
        return value
      }
      if (Number.isNaN(code)) throw new Fault('end-of-string', open)
      if (code !== 0x5c) throw new Fault('control-character', this.at)
      value += this.escape()
    }
  }

  private plainCharacters(): string {
    const start = this.at
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (!(code >= 0x20) || code === 0x22 || code === 0x5c) return this.text.slice(start, this.at)
      this.at += 1
    }
  }

  private escape(): string {
    const at = this.at
    const mark = this.text[at + 1] ?? ''
    const plain = shortEscapes[mark]
    if (plain !== undefined) {
      this.at += 2
      return plain
    }
    const digits = this.text.slice(at + 2, at + 6)
    if (mark !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) throw new Fault('escape', at)
    this.at += 6
    return String.fromCharCode(Number.parseInt(digits, 16))
  }

  private literal(): JsonNode | undefined {
    const at = this.at
    for (const [word, value] of literals) {
      if (!this.text.startsWith(word, at)) continue
      this.at += word.length
      const span = { at, end: this.at }
      return value === null ? { kind: 'null', ...span } : { kind: 'boolean', ...span, value }
    }
    return undefined
  }

  private number(): JsonNode {
    const at = this.at
    const digits = this.match(numberForm)
    if (digits === null) throw new Fault('value', at)
    const value = Number(digits)
    if (!Number.isFinite(value)) throw new Fault('number', at)
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) this.inexact.push(at)
    return { kind: 'number', at, end: this.at, value }
  }

  private skipSpace(): void {
    for (;;) {
      this.match(whiteSpace)
      if (this.text[this.at] !== '#') return
      this.comments.push(this.at)
      this.match(comment)
    }
  }

  private match(form: RegExp): string | null {
    form.lastIndex = this.at
    const found = form.exec(this.text)
    if (found === null) return null
    this.at = form.lastIndex
    return found[0]
  }
}
