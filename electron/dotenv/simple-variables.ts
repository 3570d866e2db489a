import { addSecret, parseTemperature } from './model-entry.ts'
import { splitKeyList } from './key-text.ts'
import { findVariable, type DotenvTree, type Variable } from './tree.ts'

/** The variables that DSLighting reads beside LLM_MODEL_CONFIGS. Blank counts as absent, as in its library. */
export interface SimpleVariables {
  /** API_KEY: one key for DSLighting; a comma list is split here. */
  apiKeys: string[]
  apiBase: string | null
  model: string | null
  provider: string | null
  temperature: number | null
}

export function readSimpleVariables(
  tree: DotenvTree,
  notify: (code: string, variable: Variable) => void,
): SimpleVariables {
  const text = (name: string) => findVariable(tree, name)?.value?.trim() || null
  return {
    apiKeys: readApiKeys(tree, notify),
    apiBase: text('API_BASE'),
    model: text('LLM_MODEL'),
    provider: text('LLM_PROVIDER'),
    temperature: readTemperature(tree, notify),
  }
}

function readApiKeys(tree: DotenvTree, notify: (code: string, variable: Variable) => void): string[] {
  const variable = findVariable(tree, 'API_KEY')
  if (!variable?.value?.trim()) return []
  const pieces = splitKeyList(variable.value)
  if (pieces.length > 1) notify('key-list-split', variable)
  const secrets = new Set<string>()
  for (const piece of pieces) addSecret(secrets, piece, (code) => notify(code, variable))
  return [...secrets]
}

function readTemperature(tree: DotenvTree, notify: (code: string, variable: Variable) => void): number | null {
  const variable = findVariable(tree, 'LLM_TEMPERATURE')
  if (!variable?.value?.trim()) return null
  const value = parseTemperature(variable.value)
  if (value !== null && value >= 0 && value <= 2) return value
  notify(value === null ? 'temperature-invalid' : 'temperature-range', variable)
  return null
}
