import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'

/** What a source file of the page says about texts, read from its syntax tree rather than guessed from its lines. */
export interface SourceTexts {
  /** The namespaces whose keys the file can name. */
  namespaces: Set<string>
  /** Every literal that may be a key, as a pattern over key paths. */
  patterns: RegExp[]
  /** Whether a key is chosen by a variable alone, which can name any key at the top of a namespace. */
  choosesFreely: boolean
  /** Words written straight into the page. */
  bareWords: string[]
}

interface Node {
  type: string
  [field: string]: unknown
}

const shownAttributes = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'text',
  'description',
  'aria-label',
  'message',
])
const hasWords = (text: string) => /\p{L}/u.test(text)
const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value
const nodeOf = (value: unknown): Node | null => (isNode(value) ? value : null)
const nodesOf = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function visit(node: Node, meet: (node: Node) => void): void {
  meet(node)
  for (const field of Object.values(node)) {
    for (const child of Array.isArray(field) ? field : [field]) if (isNode(child)) visit(child, meet)
  }
}

const literalText = (node: Node | null): string | null =>
  node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null

/** `strategy.${name}.text` names every key of that shape. */
function templatePattern(node: Node): string {
  const parts = nodesOf(node['quasis']).map((quasi) => {
    const value: unknown = quasi['value']
    return typeof value === 'object' && value !== null && 'cooked' in value ? textOf(value.cooked) : ''
  })
  return parts.map(escaped).join('[^.]+')
}

/** The choices a conditional expression ends in. */
function leavesOf(node: Node): Node[] {
  if (node.type !== 'ConditionalExpression') return [node]
  return [node['consequent'], node['alternate']].flatMap((branch) => {
    const leaf = nodeOf(branch)
    return leaf === null ? [] : leavesOf(leaf)
  })
}

const calleeName = (node: Node): string => {
  const callee = nodeOf(node['callee'])
  return callee?.type === 'Identifier' ? textOf(callee['name']) : ''
}

function meetCall(node: Node, found: SourceTexts): void {
  const [first, second] = nodesOf(node['arguments'])
  const name = calleeName(node)
  if (name === 'useTranslation') found.namespaces.add(literalText(first ?? null) ?? '')
  if (name === 'getFixedT') found.namespaces.add(literalText(second ?? null) ?? '')
  if (!/^t$|Text$/.test(name) || first === undefined) return
  const chosen = leavesOf(first)
  if (chosen.some((leaf) => leaf.type !== 'Literal' && leaf.type !== 'TemplateLiteral')) found.choosesFreely = true
}

function meetWords(node: Node, found: SourceTexts): void {
  if (node.type === 'JSXText') {
    const text = textOf(node['value']).trim()
    if (hasWords(text)) found.bareWords.push(text)
  }
  if (node.type !== 'JSXAttribute') return
  const attribute = textOf(nodeOf(node['name'])?.['name'])
  const text = literalText(nodeOf(node['value']))
  if (text !== null && shownAttributes.has(attribute) && hasWords(text)) found.bareWords.push(`${attribute}="${text}"`)
}

function meetKey(text: string, pattern: string, found: SourceTexts): void {
  const prefixed = /^([\w-]+):/.exec(text)
  if (prefixed?.[1] !== undefined) found.namespaces.add(prefixed[1])
  found.patterns.push(new RegExp(`^${pattern.replace(/^[\w-]+:/, '')}$`))
}

export function readSourceTexts(fileName: string, source: string): SourceTexts {
  const { program, errors } = parseSync(fileName, source)
  if (errors.length > 0 || !isNode(program)) throw new Error(`${fileName} cannot be parsed`)
  const found: SourceTexts = { namespaces: new Set(), patterns: [], choosesFreely: false, bareWords: [] }
  visit(program, (node) => {
    if (node.type === 'CallExpression') meetCall(node, found)
    const text = literalText(node)
    if (text !== null) meetKey(text, escaped(text), found)
    if (node.type === 'TemplateLiteral') meetKey(textOf(templatePattern(node)), templatePattern(node), found)
    meetWords(node, found)
  })
  for (const [, namespace] of source.matchAll(/TFunction(?:<'([\w-]+)'>)?/g)) found.namespaces.add(namespace ?? 'shell')
  return found
}

/** Every source file of a folder by its path, tests and texts aside. */
export function readSources(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]))
}
