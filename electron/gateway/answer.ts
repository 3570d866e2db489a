import type { ApiShape } from './api-shape.ts'

/** What goes back to a client. */
export interface GatewayAnswer {
  status: number
  headers: Record<string, string>
  /** All of it, or pieces that are pulled, so that a slow client slows the provider and nothing piles up. */
  body: Uint8Array | AsyncIterable<Uint8Array>
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): GatewayAnswer {
  return wholeAnswer(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
}

/** An answer that is all there. */
export function wholeAnswer(status: number, body: string, headers: Record<string, string>): GatewayAnswer {
  return { status, headers, body: Buffer.from(body) }
}

/** A request that the gateway refuses before it knows of any model, in the words of the API that was called. */
export function refusal(status: number, code: string, message: string, api: ApiShape = 'openai'): GatewayAnswer {
  if (api === 'openai') return jsonAnswer(status, { error: { message, type: 'keywheel_error', code, param: null } })
  return jsonAnswer(status, { type: 'error', error: { type: anthropicErrorType(status), message, code } })
}

/** Anthropic's names for its error statuses (docs.anthropic.com/en/api/errors); its SDKs read the status itself. */
export function anthropicErrorType(status: number): string {
  return anthropicErrorTypes[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error')
}

const anthropicErrorTypes: Readonly<Record<number, string | undefined>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}
