import { ORPCError } from '@orpc/client'
import type { TFunction } from 'i18next'
import type { FailureCode, FailureData } from '../../shared/failure.ts'
import type { OutcomeView } from '../../shared/outcome.ts'
import type { RequestFailure } from '../../shared/request.ts'
import { fileSentence, isFileFailure, type FileFailure } from './file-failure.ts'
import { formatList, formatRelative, formatSpan } from '../ui/format.ts'

/** Texts of i18n/…/failures.json: `useTranslation('failures')` hands it out. */
export type FailureText = TFunction<'failures'>

/** Every failure is an instruction: what happened, and what to do about it. */
export interface Sentence {
  cause: string
  next: string
  /** The provider's own words, already redacted by main; shown as a quotation. */
  quote: string | null
}

/** Cause and next step in one line, where there is no room for two. */
export const oneLine = ({ cause, next }: Pick<Sentence, 'cause' | 'next'>, t: FailureText): string =>
  t('joined', { cause, next }).trim()

/** The texts name their own language, so that a number inside a sentence is written the same way. */
const languageOf = (t: FailureText) => t('locale')

const statusText = (status: number | null, t: FailureText) => (status === null ? '' : t('status', { status }))

/** One pinned key that is out is not every key; and nothing is promised that no clock will bring. */
function unavailableCode({ keys, retryAtMs }: RequestFailure) {
  if (keys.length === 1) return retryAtMs === null ? 'key_out' : 'key_unavailable'
  return retryAtMs === null ? 'keys_out' : 'keys_unavailable'
}

export function failureSentence(failure: RequestFailure, t: FailureText, nowMs = Date.now()): Sentence {
  const values = {
    model: failure.model,
    key: failure.keys[0]?.label ?? '',
    host: failure.host ?? t('somewhere'),
    status: statusText(failure.outcome?.status ?? null, t),
    back: failure.retryAtMs === null ? '' : formatRelative(failure.retryAtMs, nowMs, languageOf(t)),
  }
  const code = failure.code === 'keys_unavailable' ? unavailableCode(failure) : failure.code
  return {
    cause: t(`request.${code}.cause`, values),
    next: t(`request.${code}.next`, values),
    quote: failure.outcome?.providerMessage ?? null,
  }
}

/** What one attempt with one key came to. */
export function outcomeSentence(outcome: OutcomeView, keyLabel: string, host: string | null, t: FailureText): Sentence {
  const values = {
    key: keyLabel,
    host: host ?? t('somewhere'),
    status: statusText(outcome.status, t),
    wait: outcome.retryAfterMs === null ? '' : formatSpan(outcome.retryAfterMs, languageOf(t), 'long'),
  }
  const quote = outcome.providerMessage
  if (outcome.kind === 'upstream-failed') {
    const cause = outcome.cause ?? 'status'
    return { cause: t(`upstream.${cause}.cause`, values), next: t(`upstream.${cause}.next`, values), quote }
  }
  const waits = outcome.kind === 'rate-limited' && outcome.retryAfterMs !== null
  const kind = waits ? 'rate-limited-until' : outcome.kind
  return { cause: t(`outcome.${kind}.cause`, values), next: t(`outcome.${kind}.next`, values), quote }
}

/** A failure of the contract as it reached the page, closed over its code. */
export type ProcedureFailure = { [C in FailureCode]: { code: C; data: FailureData<C> } }[FailureCode]

/** The contract's failure in what a call threw, or null when it was something else (a lost connection, a bug). */
export function procedureFailure(error: unknown): ProcedureFailure | null {
  // `defined` is set by the client only for a code that the contract names, with data that its schema has parsed.
  if (!(error instanceof ORPCError) || !error.defined) return null
  const { code, data }: { code: unknown; data: unknown } = error
  return { code, data } as ProcedureFailure
}

type Refusal = FailureData<'IMPORT_REFUSED'>

/** One clear sentence with line and column. */
export function refusalSentence(refusal: Pick<Refusal, 'reason' | 'line' | 'column'>, t: FailureText): Sentence {
  const what = t(`import.${refusal.reason}`)
  const { line, column } = refusal
  const place =
    line === null ? what : column === null ? t('lineOnly', { what, line }) : t('position', { what, line, column })
  return { cause: place, next: t('importNext'), quote: null }
}

export function procedureSentence(error: unknown, t: FailureText): Sentence {
  const failure = procedureFailure(error)
  if (failure === null) {
    const code = error instanceof ORPCError ? 'UNKNOWN' : 'CONNECTION'
    return { cause: t(`procedure.${code}.cause`), next: t(`procedure.${code}.next`), quote: null }
  }
  if (failure.code === 'API_BASE_REFUSED') {
    return { cause: t(`apiBase.${failure.data.reason}`), next: '', quote: null }
  }
  if (failure.code === 'PROXY_REFUSED') return { cause: t(`proxy.${failure.data.reason}`), next: '', quote: null }
  if (failure.code === 'IMPORT_REFUSED') return refusalSentence(failure.data, t)
  if (isFileFailure(failure)) return fileSentence(failure, t)
  const code = variantOf(failure)
  const values = { ...failure.data, ...filledIn(failure, t) }
  return { cause: t(`procedure.${code}.cause`, values), next: t(`procedure.${code}.next`, values), quote: null }
}

/** Some failures are told in other words when there is more to say. */
function variantOf(
  failure: Exclude<ProcedureFailure, FileFailure | { code: 'API_BASE_REFUSED' | 'PROXY_REFUSED' | 'IMPORT_REFUSED' }>,
) {
  if (failure.code === 'WRONG_PASSPHRASE' && failure.data.waitMs > 0) return 'WRONG_PASSPHRASE_WAIT'
  if (failure.code !== 'WRONG_KIT') return failure.code
  if (failure.data.groups.length > 0) return 'WRONG_KIT_GROUPS'
  return failure.data.waitMs > 0 ? 'WRONG_KIT_WAIT' : failure.code
}

function filledIn({ data }: ProcedureFailure, t: FailureText) {
  return {
    wait: 'waitMs' in data ? formatSpan(data.waitMs, languageOf(t), 'long') : '',
    names: 'models' in data ? listed(data.models, languageOf(t)) : '',
    groups:
      'groups' in data
        ? formatList(
            data.groups.map((place) => String(place + 1)),
            languageOf(t),
          )
        : '',
  }
}

/** Names in the reader's language; of many, the first few. */
function listed(names: readonly string[], language: string): string {
  const shown = names.length > 4 ? [...names.slice(0, 3), '…'] : names
  return formatList(shown, language)
}

/** The messages of shared/'s schemas that a person can do something about. */
export const fieldCodes = [
  'secret_empty',
  'secret_too_long',
  'secret_characters',
  'keys_limit',
  'label_empty',
  'label_too_long',
  'api_base_empty',
  'api_base_too_long',
  'model_name_empty',
  'model_name_too_long',
  'model_name_characters',
  'passphrase_too_short',
  'passphrase_too_long',
  'kit_empty',
  'kit_too_long',
  'prompt_empty',
  'port_range',
  'client_name_empty',
  'client_name_too_long',
  'client_name_characters',
  'path_empty',
  'path_too_long',
  'limit_range',
  'date_unknown',
  'account_too_long',
  'text_characters',
  'tag_empty',
  'tag_too_long',
  'tags_limit',
  'note_too_long',
  'weight_range',
  'temperature_range',
  'provider_too_long',
  'names_limit',
  'headers_limit',
  'header_name_empty',
  'header_name_too_long',
  'header_name_characters',
  'header_name_key',
  'header_name_reserved',
  'header_name_twice',
  'header_value_empty',
  'header_value_too_long',
  'header_value_characters',
  'proxy_too_long',
  'proxy_user_too_long',
  'proxy_user_colon',
  'proxy_password_too_long',
  'direct_host',
  'direct_limit',
  'stand_ins_limit',
  'duration_range',
  'price_range',
  'race_keys',
  'race_rounds',
  'race_calls',
  'rehearsal_calls',
  'rehearsal_time',
  'rehearsal_sends',
] as const
type FieldCode = (typeof fieldCodes)[number]

const isFieldCode = (message: unknown): message is FieldCode => fieldCodes.some((code) => code === message)

interface Issue {
  path?: readonly unknown[]
  message?: unknown
}

const isIssue = (value: unknown): value is Issue => typeof value === 'object' && value !== null

function issuesOf(error: unknown): Issue[] {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST') return []
  const data: unknown = error.data
  if (typeof data !== 'object' || data === null || !('issues' in data)) return []
  return Array.isArray(data.issues) ? data.issues.filter(isIssue) : []
}

/**
 * What is wrong with which field, by the field's name in the contract (`apiBase`, `secret`): what main's schemas and
 * its checks refused; what is too much as a whole is about the `form`. Null when the failure is about neither.
 */
export function fieldSentences(error: unknown, t: FailureText): Partial<Record<string, string>> | null {
  const failure = procedureFailure(error)
  if (failure?.code === 'API_BASE_REFUSED') return { apiBase: procedureSentence(error, t).cause }
  if (failure?.code === 'PROXY_REFUSED') return { url: procedureSentence(error, t).cause }
  if (failure?.code === 'MODEL_NAME_TAKEN' || failure?.code === 'CLIENT_NAME_TAKEN')
    return { name: procedureSentence(error, t).cause }
  if (failure?.code === 'ALIAS_REFUSED') return { aliases: procedureSentence(error, t).cause }
  if (failure?.code === 'FALLBACK_REFUSED') return { fallbacks: procedureSentence(error, t).cause }
  if (failure?.code === 'DUPLICATE_KEY') return { secret: procedureSentence(error, t).cause }
  if (failure?.code === 'VAULT_FULL') return { form: oneLine(procedureSentence(error, t), t) }
  const issues = issuesOf(error)
  if (issues.length === 0) return null
  const fieldOf = ({ path = [] }: Issue) => path.findLast((step) => typeof step === 'string') ?? ''
  const textOf = ({ message }: Issue) => t(`field.${isFieldCode(message) ? message : 'other'}`)
  // The first thing that is wrong with a field is the one to mend first.
  return Object.fromEntries(issues.toReversed().map((issue) => [fieldOf(issue), textOf(issue)]))
}

/** For a form that tells every failure itself: what no field is about stands under `form`, with its next step. */
export const formSentences = (error: unknown, t: FailureText): Partial<Record<string, string>> =>
  fieldSentences(error, t) ?? { form: oneLine(procedureSentence(error, t), t) }
