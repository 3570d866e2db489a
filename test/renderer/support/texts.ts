import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type TextTree = { [key: string]: string | TextTree }

/** The texts of one language: namespace, then key path, then text. */
export type Texts = Map<string, Map<string, string>>

const pluralEnding = /_(?:zero|one|two|few|many|other)$/

export const withoutPlural = (key: string): string => key.replace(pluralEnding, '')

function flatten(tree: TextTree, prefix: string, into: Map<string, string>): Map<string, string> {
  for (const [key, value] of Object.entries(tree)) {
    const path = prefix === '' ? key : `${prefix}.${key}`
    if (typeof value === 'string') into.set(path, value)
    else flatten(value, path, into)
  }
  return into
}

export const flattened = (tree: TextTree): Map<string, string> => flatten(tree, '', new Map())

export function readTexts(folder: string): Texts {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return new Map(
    files.map((file) => {
      const tree = JSON.parse(readFileSync(join(folder, file), 'utf8')) as TextTree
      return [file.replace('.json', ''), flattened(tree)]
    }),
  )
}

/** The names a text leaves to be filled in. */
export const blanksOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))].sort()
