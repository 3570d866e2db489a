import { refusal, type GatewayAnswer } from '../answer.ts'
import { apiShapeOf } from '../api-shape.ts'
import type { Admission } from '../clients/client-limits.ts'
import { adviceAfter, neverRetry } from '../retry-advice.ts'

/** What a client is told before its request reaches any model, in the words of the API it called. */

export const unauthorized = (path: string): GatewayAnswer =>
  withHeaders(
    refusal(
      401,
      'invalid_token',
      'This token is not known here. Add a client in Keywheel and use its token.',
      apiShapeOf(path),
    ),
    {
      'www-authenticate': 'Bearer',
    },
  )

/** Nobody can be known, because the vault has not been open since Keywheel started. */
export const vaultLocked = (path: string): GatewayAnswer =>
  withHeaders(refusal(503, 'vault_locked', 'The vault is locked. Unlock it in Keywheel.', apiShapeOf(path)), neverRetry)

export const bodyTooLarge = (path: string, maxBytes: number): GatewayAnswer => {
  const mebibytes = Math.floor(maxBytes / 1024 / 1024)
  return refusal(413, 'body_too_large', `A request has at most ${mebibytes} MiB.`, apiShapeOf(path))
}

export const noRoom = (path: string): GatewayAnswer =>
  retryIn(1, refusal(503, 'no_room', 'Too many large requests are under way here. Try again.', apiShapeOf(path)))

export const tooManyAtOnce = (path: string): GatewayAnswer =>
  retryIn(
    1,
    refusal(
      429,
      'too_many_at_once',
      'This client has too many answers under way. Let some of them end.',
      apiShapeOf(path),
    ),
  )

export const overLimit = (path: string, { reason, retryAfterS }: Extract<Admission, { ok: false }>): GatewayAnswer =>
  retryIn(retryAfterS, refusal(429, limitCodes[reason], limitSentences[reason], apiShapeOf(path)))

export const tooManyConnections = (path: string): GatewayAnswer =>
  retryIn(1, refusal(503, 'too_many_connections', 'Too many connections are open here. Try again.', apiShapeOf(path)))

export const closing = (path: string): GatewayAnswer =>
  retryIn(1, refusal(503, 'switched_off', 'The gateway is being switched off.', apiShapeOf(path)))

export const broken = (path: string): GatewayAnswer =>
  refusal(500, 'internal', 'Something in Keywheel failed. Its log says more.', apiShapeOf(path))

const limitCodes = { requests: 'client_rate_limit', tokens: 'client_token_budget' } as const

const limitSentences = {
  requests: 'This client has used its requests of this minute. Its limit is set in Keywheel.',
  tokens: 'This client has used its tokens of today. Its budget is set in Keywheel and starts anew at midnight.',
} as const

const withHeaders = (answer: GatewayAnswer, headers: Readonly<Record<string, string>>): GatewayAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
})

const retryIn = (seconds: number, answer: GatewayAnswer) => withHeaders(answer, adviceAfter(seconds))
