import type { ProviderFamily } from '../../../../electron/rotation/classification/verdict.ts'
import type { Outcome } from '../../../../electron/rotation/outcome.ts'

/** Errors as providers send them: one row each, with the document or software that shows it. */
export interface ErrorRow {
  provider: ProviderFamily
  /** What it is about, in words. */
  what: string
  source: string
  status: number
  headers?: Record<string, string>
  /** An object is sent as JSON, a string as it is. */
  body: unknown
  contentType?: string
  model?: string
  expect: Partial<Outcome> & { kind: Outcome['kind'] }
}

export type FamilyRows = readonly Omit<ErrorRow, 'provider'>[]

/** OpenAI's error object, which others took over. */
export const openAiError = (message: string, type: string, code: string | null, param: string | null = null) => ({
  error: { message, type, param, code },
})
