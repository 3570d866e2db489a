// python-dotenv puts other variables into every value, single quotes or not: `${NAME}` and `${NAME:-default}`. Reading
// leaves them as they stand; this finds them, and does it only when asked and with an environment that was handed in.
import { variablesOf, type DotenvTree } from './tree.ts'

export interface Expansion {
  at: number
  end: number
  name: string
  fallback: string
}

/** Linear: each search for `}` or `:` starts where the last one ended. */
export function findExpansions(value: string): Expansion[] {
  const found: Expansion[] = []
  let brace = -1
  let colon = -1
  let at = value.indexOf('${')
  while (at !== -1) {
    const start = at + 2
    if (brace < start) brace = value.indexOf('}', start)
    if (brace === -1) break
    if (colon !== Infinity && colon < start) colon = nextOrNever(value, ':', start)
    const expansion = readExpansion(value, at, brace, colon)
    if (expansion !== null) found.push(expansion)
    at = value.indexOf('${', expansion?.end ?? at + 1)
  }
  return found
}

function nextOrNever(value: string, character: string, from: number): number {
  const at = value.indexOf(character, from)
  return at === -1 ? Infinity : at
}

function readExpansion(value: string, at: number, brace: number, colon: number): Expansion | null {
  if (brace < colon) return { at, end: brace + 1, name: value.slice(at + 2, brace), fallback: '' }
  if (value[colon + 1] !== '-') return null
  return { at, end: brace + 1, name: value.slice(at + 2, colon), fallback: value.slice(colon + 2, brace) }
}

/**
 * What python-dotenv would put into the environment: a value sees the ones before it, and `env` before those
 * (`load_dotenv` without `override`).
 */
export function expandVariables(tree: DotenvTree, env: ReadonlyMap<string, string>): Map<string, string> {
  const values = new Map<string, string>()
  for (const { name, value } of variablesOf(tree)) {
    if (value === null) values.delete(name)
    else
      values.set(
        name,
        expand(value, (other) => env.get(other) ?? values.get(other)),
      )
  }
  return values
}

function expand(value: string, lookUp: (name: string) => string | undefined): string {
  let expanded = ''
  let from = 0
  for (const { at, end, name, fallback } of findExpansions(value)) {
    expanded += value.slice(from, at) + (lookUp(name) ?? fallback)
    from = end
  }
  return expanded + value.slice(from)
}
