import type { ImportNotice } from '../../shared/transfer.ts'
import type { Locate } from './locate.ts'
import type { DotenvNode, DotenvTree, DropReason } from './tree.ts'

const codes: Record<DropReason, string> = {
  'no-name': 'statement-no-name',
  'no-equals': 'statement-no-equals',
  'unterminated-quote': 'statement-unterminated-quote',
  'text-after-quote': 'statement-text-after-quote',
}
const knownNames = new Set(['LLM_MODEL_CONFIGS', 'API_KEY', 'API_BASE', 'LLM_MODEL', 'LLM_PROVIDER', 'LLM_TEMPERATURE'])
const portableName = /^[A-Za-z_]\w*$/

/** What is worth knowing about the statements of a file; names and places, never a value. */
export function statementNotices(tree: DotenvTree, locate: Locate): ImportNotice[] {
  const notices: ImportNotice[] = []
  const note = (code: string, offset: number, name: string | null) => notices.push({ code, ...locate(offset), name })
  if (tree.bom) note('byte-order-mark', 0, null)
  const values = new Map<string, string | null>()
  for (const node of tree.nodes) {
    for (const code of codesOf(node)) note(code, node.kind === 'dropped' ? node.faultAt : node.start, nameOf(node))
    if (node.kind !== 'variable') continue
    const before = values.get(node.name)
    if (before !== undefined && before !== node.value) note('duplicate-variable', node.start, nameOf(node))
    values.set(node.name, node.value)
  }
  return notices
}

/**
 * A line that broke apart can put a piece of a key where a name stands: only what is written and set like a variable's
 * name is shown.
 */
function nameOf(node: DotenvNode): string | null {
  if (node.kind === 'dropped') return node.name !== null && knownNames.has(node.name) ? node.name : null
  return node.kind === 'variable' && node.equals !== '' && isShownName(node.name) ? node.name : null
}

/** Whether it is written like a variable's name, and not like a piece of a key. */
export const isShownName = (name: string): boolean =>
  name.length <= 48 && /^(?:[A-Z][A-Z0-9_]*|[a-z]+(?:_[a-z]+)*)$/.test(name)

function codesOf(node: DotenvNode): string[] {
  if (node.kind === 'dropped') return [codes[node.reason]]
  if (node.kind !== 'variable') return []
  if (node.value === null) return ['statement-bare-name']
  const found: string[] = []
  if (!portableName.test(node.name)) found.push('variable-name-not-portable')
  if (node.value.includes('${')) found.push('expansion-not-done')
  if (node.value.startsWith('encrypted:')) found.push('value-encrypted')
  if (/^(?:PATH|NODE_OPTIONS|LD_PRELOAD|LD_LIBRARY_PATH|DYLD_\w+|PYTHON\w+|BASH_ENV|ENV)$/.test(node.name)) {
    found.push('variable-dangerous')
  }
  return found
}
