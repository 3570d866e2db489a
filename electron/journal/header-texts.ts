import type { NotedHeaders } from '../../shared/outcome.ts'

/** No header's name or value holds one. */
const between = '\n'

/** The names, which many attempts have in common, and the values. */
export const headerTexts = (headers: NotedHeaders): [names: string, values: string] => [
  headers.map(([name]) => name).join(between),
  headers.map(([, value]) => value.replaceAll(between, ' ')).join(between),
]

export function readHeaders(names: string, values: string): NotedHeaders {
  const all = values.split(between)
  return names.split(between).map((name, nth) => [name, all[nth] ?? ''])
}
