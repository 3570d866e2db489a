import { googleQuotaVerdict } from './google-quota.ts'
import { generic } from './providers/generic.ts'
import type { ErrorAnswer, FamilyRules, TextRule, Verdict } from './verdict.ts'

/** What a complete error answer means: special cases, then codes, then text, then the status alone. */
export function judge(family: FamilyRules, answer: ErrorAnswer): Verdict {
  return (
    requestAboveLimit(answer) ??
    family.decide?.(answer) ??
    googleQuotaVerdict(answer.error) ??
    codeVerdict(family, answer) ??
    modelVerdict(answer) ??
    textVerdict(family, answer) ??
    statusVerdict(answer.status)
  )
}

/** "Limit 30000, Requested 61337": no key with this limit can ever serve it, so waiting or rotating is in vain. */
function requestAboveLimit({ error }: ErrorAnswer): Verdict | null {
  const text = error.message ?? ''
  const limit = numberAfter(text, /\blimit:?\s*([\d,]+)/i)
  const requested = numberAfter(text, /\brequested:?\s*([\d,]+)/i)
  return limit !== null && requested !== null && limit > 0 && requested > limit ? 'caller-fault' : null
}

function numberAfter(text: string, pattern: RegExp) {
  const digits = pattern.exec(text)?.[1]?.replaceAll(',', '')
  return digits ? Number(digits) : null
}

function codeVerdict(family: FamilyRules, { error }: ErrorAnswer): Verdict | null {
  for (const code of error.codes) {
    const name = code.toLowerCase()
    const verdict = lookUp(family.codes, name) ?? lookUp(generic.codes, name) ?? codeFamily(name)
    if (verdict) return verdict
  }
  return null
}

function lookUp(codes: Readonly<Record<string, Verdict>> | undefined, name: string) {
  return codes && Object.hasOwn(codes, name) ? (codes[name] ?? null) : null
}

function codeFamily(name: string): Verdict | null {
  if (/^(?:billing|credit)_/.test(name)) return 'exhausted'
  return name.startsWith('engine_overloaded') ? 'upstream-failed' : null
}

/** A 403 or 404 that names the model is about this key's access to it, not about the key and not about the request. */
function modelVerdict({ status, error, model }: ErrorAnswer): Verdict | null {
  if (status !== 403 && status !== 404) return null
  if (error.param === 'model' || error.codes.some((code) => /^model_not_(?:found|allowed|available)$/i.test(code))) {
    return 'not-allowed'
  }
  const text = error.message ?? ''
  return namesModel(text, model) || aboutSomeModel.test(text) ? 'not-allowed' : null
}

const aboutSomeModel =
  /\bmodel\b[^.]{0,80}(?:not (?:exist|found|available|supported|allowed|enabled)|n[o']t exist|no (?:access|permission)|does not have access|unavailable)|(?:access to|permission (?:for|to use)|not (?:have )?access)[^.]{0,40}\bmodel\b|模型[^。]{0,20}(?:不存在|无权|没有权限|未开通)/i

function namesModel(text: string, model: string) {
  if (model === '') return false
  const at = text.toLowerCase().indexOf(model.toLowerCase())
  if (at < 0) return false
  const isWordChar = (char: string | undefined) => char !== undefined && /[\w-]/.test(char)
  return !isWordChar(text[at - 1]) && !isWordChar(text[at + model.length])
}

function textVerdict(family: FamilyRules, answer: ErrorAnswer): Verdict | null {
  const text = answer.error.message?.slice(0, 4_096)
  if (!text) return null
  const rule = [...(family.texts ?? []), ...generic.texts].find((rule) => applies(rule, answer.status, text))
  return rule?.verdict ?? null
}

function applies({ statuses, pattern }: TextRule, status: number | null, text: string) {
  const hasStatus = status === null || (statuses ? statuses.includes(status) : status >= 400 && status <= 499)
  return hasStatus && pattern.test(text)
}

function statusVerdict(status: number | null): Verdict {
  if (status === null || status >= 500 || status === 408 || status === 499) return 'upstream-failed'
  if (status === 401 || status === 403) return 'rejected'
  if (status === 402) return 'exhausted'
  if (status === 429) return 'rate-limited'
  if (status === 451) return 'address-blocked'
  return status >= 400 ? 'caller-fault' : 'upstream-failed'
}

/** The status that a well-known type stands for, for errors that come inside a 200. */
export function statusOfCodes(codes: readonly string[]): number | null {
  for (const code of codes) {
    const status = statusByType[code.toLowerCase()]
    if (status !== undefined) return status
  }
  return null
}

const statusByType: Readonly<Record<string, number | undefined>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  server_error: 500,
  overloaded_error: 529,
}
