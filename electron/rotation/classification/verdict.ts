import type { ProviderError } from './provider-error.ts'

/** The families whose errors differ; `generic` is every other OpenAI-compatible host. */
export const providerFamilies = [
  'openai',
  'azure',
  'anthropic',
  'gemini',
  'deepseek',
  'siliconflow',
  'zhipu',
  'moonshot',
  'openrouter',
  'generic',
] as const
export type ProviderFamily = (typeof providerFamilies)[number]

/** What a complete error answer can mean. */
export type Verdict =
  | 'address-blocked'
  | 'caller-fault'
  | 'not-allowed'
  | 'exhausted'
  | 'rate-limited'
  | 'upstream-failed'
  | 'rejected'

export interface ErrorAnswer {
  /** The HTTP status, or the one the body stands for when the error came inside a 200; null when it has none. */
  status: number | null
  error: ProviderError
  /** The model's id at the provider. */
  model: string
}

export interface FamilyRules {
  /** Codes that decide alone, in lower case. A code that is not here (`invalid_request_error`) decides nothing. */
  codes?: Readonly<Record<string, Verdict>>
  /** What needs more than one field to decide. It is asked first. */
  decide?: (answer: ErrorAnswer) => Verdict | null
  /** Sentences of providers that give no code. They are asked in this order, when no code has decided. */
  texts?: readonly TextRule[]
  /** How long until an exhausted quota is back, when the provider says so in its own way. */
  quotaResetMs?: (error: ProviderError, wallMs: number) => number | null
}

export interface TextRule {
  verdict: Verdict
  pattern: RegExp
  /** Only with these statuses; any 4xx when absent. */
  statuses?: readonly number[]
}
