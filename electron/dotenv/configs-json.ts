import { readJson, type JsonRead } from './json-reader.ts'

export const modelConfigsName = 'LLM_MODEL_CONFIGS'

/**
 * The JSON in the variable's value, and how far into the value it starts. docker's --env-file makes the quotes part of
 * the value; DSLighting's command line takes them off, and so do we.
 */
export function readConfigsJson(value: string): { json: string; shift: number; read: JsonRead } {
  const trimmed = value.trim()
  const isWrapped = trimmed.length > 1 && /^['"]/.test(trimmed) && trimmed.at(-1) === trimmed[0]
  if (!isWrapped) return { json: value, shift: 0, read: readJson(value) }
  const start = value.indexOf(trimmed) + 1
  const json = value.slice(start, start + trimmed.length - 2)
  return { json, shift: start, read: readJson(json) }
}
