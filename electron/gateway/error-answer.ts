import type { OutcomeView } from '../../shared/outcome.ts'
import { asRecord } from '../rotation/classification/provider-error.ts'
import { anthropicErrorType } from './answer.ts'
import type { ApiShape } from './api-shape.ts'
import type { Route } from './routes.ts'
import type { KeyOut, RequestFailure, RequestFailureCode } from '../../shared/request.ts'

/** The HTTP status an OpenAI client understands for each of our codes. */
const statusOf: Record<RequestFailureCode, number> = {
  no_keys: 400,
  keys_unavailable: 429,
  caller_fault: 400,
  unknown_host: 502,
  connection_refused: 502,
  connection_lost: 502,
  tls_failed: 502,
  timeout: 504,
  deadline_exceeded: 504,
  bad_upstream: 502,
  address_blocked: 502,
  redirect_refused: 502,
  upstream_failed: 502,
  stream_broken: 502,
  cancelled: 499,
  vault_locked: 503,
  model_not_found: 404,
  key_not_sendable: 400,
  proxy_unreachable: 502,
  proxy_auth: 502,
  proxy_refused: 502,
  interrupted: 500,
  internal: 500,
}

/** The error object of the API that was called, with our code, the reason for each key and when it is back. */
export interface ErrorAnswer {
  status: number
  body: OpenAiError | AnthropicError
}

interface OpenAiError {
  error: ErrorDetail & { param: null }
}

interface AnthropicError {
  type: 'error'
  error: ErrorDetail
}

interface ErrorDetail {
  type: string
  message: string
  code: RequestFailureCode
  keywheel: { keys: KeyReason[] }
}

interface KeyReason {
  label: string
  state: string
  back_at: string | null
}

export function errorAnswer(failure: RequestFailure, api: ApiShape = 'openai'): ErrorAnswer {
  const status = failure.code === 'caller_fault' ? (failure.outcome?.status ?? 400) : statusOf[failure.code]
  const { code } = failure
  const detail = { message: sentence(failure), code, keywheel: { keys: failure.keys.map(keyReason) } }
  return api === 'anthropic'
    ? { status, body: { type: 'error', error: { type: anthropicErrorType(status), ...detail } } }
    : { status, body: { error: { type: 'keywheel_error', ...detail, param: null } } }
}

/**
 * A failure as the last event of a stream that has begun, in the shape that the API's clients throw as an error. The
 * blank line first ends whatever event was cut in the middle.
 */
export function errorEvent(failure: RequestFailure, route: ErrorRoute): Buffer {
  return eventOf(errorAnswer(failure, route.api).body, route)
}

/** An error answer that comes too late to be one, as such an event; what is no JSON is quoted. */
export function errorEventOf(text: string, status: number, route: ErrorRoute): Buffer {
  return eventOf(
    errorBody(text) ?? { error: { message: text.slice(0, 300), type: 'keywheel_error', code: status } },
    route,
  )
}

type ErrorRoute = Pick<Route, 'api' | 'upstreamPath'>

function eventOf(body: object, { api, upstreamPath }: ErrorRoute): Buffer {
  const isResponses = upstreamPath === '/responses'
  const { code = null, message = '' } = (isResponses && 'error' in body && asRecord(body.error)) || {}
  const data = JSON.stringify(isResponses ? { type: 'error', code, message, param: null } : body)
  return Buffer.from(`\n\n${api === 'anthropic' || isResponses ? 'event: error\n' : ''}data: ${data}\n\n`)
}

function errorBody(text: string): object | undefined {
  try {
    const body = asRecord(JSON.parse(text))
    return body?.['error'] ? body : undefined
  } catch {
    return undefined
  }
}

function keyReason({ label, state }: KeyOut): KeyReason {
  const until = 'untilMs' in state ? state.untilMs : null
  return { label, state: state.kind, back_at: until === null ? null : new Date(until).toISOString() }
}

/** English, for programs and their logs; the page has its own sentences in each language. */
function sentence(failure: RequestFailure): string {
  const { model, host, outcome } = failure
  const at = host ?? 'the provider'
  switch (failure.code) {
    case 'no_keys':
      return `The model '${model}' has no key. Add one in Keywheel.`
    case 'keys_unavailable':
      return `No key of '${model}' can be used now: ${failure.keys.map(keySentence).join('; ')}.`
    case 'caller_fault':
      return `${at} refused the request itself${quoted(outcome)}. No key is at fault.`
    case 'unknown_host':
      return `The host ${at} is not known. Check the model's base URL.`
    case 'proxy_unreachable':
      return `The proxy on the way to ${at} could not be reached, or does not speak its protocol. No key is at fault; check the proxy in Keywheel's settings.`
    case 'proxy_auth':
      return `The proxy on the way to ${at} wants a user and password that it accepts. No key is at fault; enter them in Keywheel's settings.`
    case 'proxy_refused':
      return `The proxy would not connect to ${at}. No key is at fault; ask whoever runs the proxy, or name ${at} in Keywheel's settings as a host to be reached without it.`
    case 'connection_refused':
      return `${at} refused the connection. Check that it is running and that the port is right.`
    case 'connection_lost':
      return `${at} closed the connection before it answered. Try again.`
    case 'tls_failed':
      return `No secure connection to ${at}: its certificate was not accepted. Check the base URL and the machine's clock.`
    case 'timeout':
      return `${at} did not answer in time. Try again later or with a shorter request.`
    case 'deadline_exceeded':
      return `The request to '${model}' ran out of time. Try again later.`
    case 'bad_upstream':
      return `${at} answered with something that is no API answer. Check that the base URL ends where the API begins, often in /v1.`
    case 'address_blocked':
      return `${at} blocks this network or region${quoted(outcome)}. The keys are not at fault.`
    case 'redirect_refused':
      return `${at} answered with a redirect, which is not followed so that no key leaves its host. Check the base URL.`
    case 'upstream_failed':
      return `${at} failed${outcome?.status ? ` with status ${outcome.status}` : ''}${quoted(outcome)}. No key is at fault; try again later.`
    case 'stream_broken':
      return `${at} broke the answer off after it had begun. What arrived is kept; send the request again for a whole one.`
    case 'cancelled':
      return 'The request was cancelled.'
    case 'vault_locked':
      return 'The vault is locked. Unlock it in Keywheel.'
    case 'model_not_found':
      return `There is no model '${model}'. GET /v1/models lists those there are.`
    case 'key_not_sendable':
      return `A key of '${model}' holds characters that cannot be sent. Enter it again.`
    case 'interrupted':
      return 'Keywheel ended while this request was under way. Send it again.'
    case 'internal':
      return 'Something in Keywheel failed. Its log says more.'
    default:
      return failure.code satisfies never
  }
}

function keySentence({ label, state }: KeyOut): string {
  const until = 'untilMs' in state && state.untilMs !== null ? ` until ${new Date(state.untilMs).toISOString()}` : ''
  return `${label} is ${state.kind}${until}`
}

function quoted(outcome: OutcomeView | null): string {
  return outcome?.providerMessage ? `, in its words: “${outcome.providerMessage}”` : ''
}
