/**
 * The first line of the table that matches decides: cancelled, address blocked, caller's fault, not allowed here,
 * exhausted, rate-limited, upstream failed, rejected. A known code beats text; text is asked only when no code decided;
 * the bare status comes last.
 */
import type { UpstreamCause } from '../../../shared/outcome.ts'
import type { Outcome, OutcomeDetail } from '../outcome.ts'
import type { Headers, TransportCause, WireFailure } from '../wire-failure.ts'
import { learnLimits } from './learned-limits.ts'
import { looksLikeMarkup, parseProviderError, type ProviderError } from './provider-error.ts'
import { providerMessage } from './provider-message.ts'
import { anthropic } from './providers/anthropic.ts'
import { azure } from './providers/azure.ts'
import { deepseek } from './providers/deepseek.ts'
import { gemini } from './providers/gemini.ts'
import { moonshot } from './providers/moonshot.ts'
import { openai } from './providers/openai.ts'
import { openrouter } from './providers/openrouter.ts'
import { siliconflow } from './providers/siliconflow.ts'
import { zhipu } from './providers/zhipu.ts'
import { retryAfterMs } from './retry-after.ts'
import { judge, statusOfCodes } from './judge.ts'
import type { FamilyRules, ProviderFamily, Verdict } from './verdict.ts'

export interface ClassifyContext {
  provider: ProviderFamily
  /** The model's id at the provider. */
  model: string
  wallMs: number
  /** Never to be repeated in the provider's message. */
  secrets?: readonly string[]
}

const families: Record<ProviderFamily, FamilyRules> = {
  openai,
  azure,
  anthropic,
  gemini,
  deepseek,
  siliconflow,
  zhipu,
  moonshot,
  openrouter,
  generic: {},
}

export function classify(failure: WireFailure, context: ClassifyContext): Outcome {
  switch (failure.kind) {
    case 'cancelled':
      return { ...noDetail, kind: 'cancelled' }
    case 'transport':
      return transportOutcome(failure.cause, failure.bodySent)
    case 'answer':
      return answerOutcome(failure, context, 'status')
    case 'stream-error':
    default:
      return answerOutcome({ ...failure, contentType: '', body: failure.data }, context, 'stream-error')
  }
}

/** Our own code for a page where an answer should be: often a base URL that leads to a web site. */
export const webPageCode = 'web_page'

const noDetail: OutcomeDetail = { status: null, providerCode: null, providerMessage: null, limits: null }

function transportOutcome(cause: TransportCause, bodySent: boolean): Outcome {
  // A secret that cannot be a header value never works: it is the key that is out, and the next one is tried at once.
  if (cause === 'not-sent') return { ...noDetail, kind: 'rejected', providerCode: 'key_not_sendable' }
  const mayBeBilled = cause === 'timeout' && bodySent
  return { ...noDetail, kind: 'upstream-failed', cause, retryAfterMs: null, mayBeBilled }
}

interface Answer {
  status: number
  headers: Headers
  contentType: string
  body: string
}

function answerOutcome(answer: Answer, context: ClassifyContext, cause: UpstreamCause): Outcome {
  const error = parseProviderError(answer.body)
  const limits = learnLimits(answer.headers, context.wallMs)
  const detail: OutcomeDetail = {
    status: answer.status,
    providerCode: shownCode(error),
    providerMessage: providerMessage(error, context.secrets ?? []),
    limits,
  }
  const waitMs = retryAfterMs(answer.headers, error, limits, context.wallMs)
  const family = families[context.provider]
  if (/\bhtml\b/i.test(answer.contentType) || looksLikeMarkup(answer.body)) {
    const providerCode = isChallenge(answer.body) ? null : webPageCode
    return outcomeOf(judgePage(answer.status, answer.body), { ...detail, providerCode }, waitMs, null, cause)
  }
  const verdict = judge(family, { status: statusOf(answer.status, error), error, model: context.model })
  return outcomeOf(verdict, detail, waitMs, quotaReset(family, error, answer.headers, context.wallMs), cause)
}

function outcomeOf(
  verdict: Verdict,
  detail: OutcomeDetail,
  waitMs: number | null,
  resetAfterMs: number | null,
  cause: UpstreamCause,
): Outcome {
  switch (verdict) {
    case 'exhausted':
      return { ...detail, kind: 'exhausted', resetAfterMs }
    case 'rate-limited':
      return { ...detail, kind: 'rate-limited', retryAfterMs: waitMs }
    case 'upstream-failed':
      return { ...detail, kind: 'upstream-failed', cause, retryAfterMs: waitMs, mayBeBilled: false }
    case 'address-blocked':
    case 'caller-fault':
    case 'not-allowed':
    case 'rejected':
    default:
      return { ...detail, kind: verdict }
  }
}

const farthestResetMs = 31 * 86_400_000

/** A RetryInfo or a sentence beside a spent quota is about the next minute: only headers and the family's own words count. */
function quotaReset(family: FamilyRules, error: ProviderError, headers: Headers, wallMs: number) {
  const resetMs =
    family.quotaResetMs?.(error, wallMs) ?? retryAfterMs(headers, null, learnLimits(headers, wallMs), wallMs)
  return resetMs !== null && resetMs > 0 ? Math.min(resetMs, farthestResetMs) : null
}

/**
 * An error page. Bad gateways and lost paths come as HTML too; any other page, and every challenge, stands between
 * this address and the provider.
 */
function judgePage(status: number, body: string): Verdict {
  if (isChallenge(body)) return 'address-blocked'
  if (status >= 500 || status === 408) return 'upstream-failed'
  return [400, 404, 405, 411, 413, 414, 415, 431].includes(status) ? 'caller-fault' : 'address-blocked'
}

const isChallenge = (body: string) =>
  /captcha|cf-chl|challenge-platform|just a moment|attention required|verify you are (?:a )?human/i.test(body)

/** Inside a 2xx the error's own status or code stands for the status that should have been sent. */
function statusOf(status: number, error: ProviderError): number | null {
  if (status < 200 || status > 299) return status
  return error.statusInBody ?? statusOfCodes(error.codes)
}

function shownCode(error: ProviderError) {
  return error.codes[0] ?? (error.statusInBody === null ? null : String(error.statusInBody))
}
