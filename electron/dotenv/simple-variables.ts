import { addSecret, noKeys, type CollectedKeys, type RefusedKey } from './collected-keys.ts'
import { parseTemperature } from './model-entry.ts'
import { splitKeyList } from '../../shared/key-text.ts'
import { findVariable, type DotenvTree, type Variable } from './tree.ts'

/** The variables that DSLighting reads beside LLM_MODEL_CONFIGS. Blank counts as absent, as in its library. */
export interface SimpleVariables {
  /** API_KEY: one key for DSLighting; a comma list is split here. */
  apiKeys: string[]
  refusedKeys: RefusedKey[]
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
  const keys = readApiKeys(tree, notify)
  return {
    apiKeys: [...keys.secrets],
    refusedKeys: keys.refused,
    apiBase: text('API_BASE'),
    model: text('LLM_MODEL'),
    provider: text('LLM_PROVIDER'),
    temperature: readTemperature(tree, notify),
  }
}

function readApiKeys(tree: DotenvTree, notify: (code: string, variable: Variable) => void): CollectedKeys {
  const variable = findVariable(tree, 'API_KEY')
  const keys = noKeys()
  if (!variable?.value?.trim()) return keys
  const pieces = splitKeyList(variable.value)
  if (pieces.length > 1) notify('key-list-split', variable)
  for (const piece of pieces) addSecret(keys, piece, (code) => notify(code, variable))
  return keys
}

function readTemperature(tree: DotenvTree, notify: (code: string, variable: Variable) => void): number | null {
  const variable = findVariable(tree, 'LLM_TEMPERATURE')
  if (!variable?.value?.trim()) return null
  const value = parseTemperature(variable.value)
  if (value !== null && value >= 0 && value <= 2) return value
  notify(value === null ? 'temperature-invalid' : 'temperature-range', variable)
  return null
}
