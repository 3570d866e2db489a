/** A provider's error as far as its body is understood; every field is data from outside. */
export interface ProviderError {
  /** The codes it gives, most specific first, as strings: `code`, `type`, Gemini's `status` and `reason`. */
  codes: readonly string[]
  message: string | null
  param: string | null
  /** The numeric HTTP status that some providers repeat in the body. */
  statusInBody: number | null
  /** Everything, for families that have to look deeper. */
  raw: Readonly<Record<string, unknown>>
}

const nothing: ProviderError = { codes: [], message: null, param: null, statusInBody: null, raw: {} }

/**
 * Reads the shapes in use: `{error:{message,type,code}}` (OpenAI and most), `{type:'error',error:{type,message}}`
 * (Anthropic), `[{error}]` (Gemini's OpenAI endpoint), `{response:{error}}` (Responses streams), `{code,message}`
 * (SiliconFlow), `{error:'text'}`, `{detail}`, a bare JSON string, and plain text.
 */
export function parseProviderError(body: string): ProviderError {
  const text = body.trim()
  if (text === '') return nothing
  const json = parseJson(text)
  if (json === undefined) return { ...nothing, message: looksLikeMarkup(text) ? titleOf(text) : text }
  if (typeof json === 'string') return { ...nothing, message: json }
  const root = asRecord(Array.isArray(json) ? json[0] : json)
  return root ? unwrapped(fromRecord(root)) : nothing
}

/** Relays put the whole error of the provider behind them, as text, into their own message. */
function unwrapped(error: ProviderError): ProviderError {
  const inner = error.message?.trim().startsWith('{') ? asRecord(parseJson(error.message)) : undefined
  if (!inner || !asRecord(inner['error'])) return error
  const found = fromRecord(inner)
  return { ...found, statusInBody: found.statusInBody ?? error.statusInBody }
}

/** True when a 2xx body says by its own shape that it is an error. */
export function isErrorBody(json: unknown): boolean {
  const root = asRecord(Array.isArray(json) ? json[0] : json)
  if (!root) return false
  if (isPresent(root['error']) || root['type'] === 'error' || root['status'] === 'failed') return true
  const looksLikeSuccess = 'choices' in root || 'data' in root || 'output' in root || 'content' in root
  return root['success'] === false || (!looksLikeSuccess && 'message' in root && 'code' in root)
}

function fromRecord(root: Readonly<Record<string, unknown>>): ProviderError {
  const response = asRecord(root['response'])
  const error = asRecord(root['error']) ?? asRecord(response?.['error']) ?? root
  const loose = typeof root['error'] === 'string' ? root['error'] : null
  const codes = [error['code'], error['error_code'], reasonOf(error), error['type'], error['status'], root['code']]
    .map(asCode)
    .filter((code) => code !== null && code !== 'error' && code !== 'response.failed' && !/^[45]\d\d$/.test(code))
  return {
    codes: [...new Set(codes as string[])],
    message: messageOf(error) ?? messageOf(root) ?? loose,
    param: typeof error['param'] === 'string' ? error['param'] : null,
    statusInBody:
      [error['code'], error['status'], root['status'], root['statusCode']].map(asStatus).find(isPresent) ?? null,
    raw: error,
  }
}

function messageOf(error: Readonly<Record<string, unknown>>): string | null {
  for (const name of ['message', 'msg', 'error_msg', 'detail', 'error_description']) {
    const value = error[name]
    if (typeof value === 'string' && value !== '') return value
    const first: unknown = Array.isArray(value) ? value[0] : undefined
    const inner = asRecord(first)
    if (inner) return messageOf(inner)
  }
  return null
}

/** Google's ErrorInfo: `details[].reason`, such as API_KEY_INVALID. */
function reasonOf(error: Readonly<Record<string, unknown>>) {
  for (const detail of detailsOf(error)) if (typeof detail['reason'] === 'string') return detail['reason']
  return null
}

/** Google's `details`: the typed extras of an error. */
export function detailsOf(error: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
  const details = error['details']
  return Array.isArray(details) ? details.map(asRecord).filter(isPresent) : []
}

export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function asCode(value: unknown): string | null {
  if (typeof value === 'number' && Number.isInteger(value)) return String(value)
  return typeof value === 'string' && /^[\w.:-]{1,80}$/.test(value) ? value : null
}

function asStatus(value: unknown): number | null {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599 ? status : null
}

function isPresent<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined
}

export function looksLikeMarkup(text: string) {
  return /^\uFEFF?\s*<(?:!doctype|html|head|body|\?xml)\b/i.test(text.slice(0, 1024))
}

function titleOf(markup: string) {
  return /<title[^>]*>([^<]{1,200})/i.exec(markup)?.[1]?.trim() ?? null
}

function parseJson(text: string): unknown {
  if (!/^\uFEFF?\s*["[{]/.test(text)) return undefined
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    // Not JSON after all: the text itself is the message.
    return undefined
  }
}
