import { describe, expect, it } from 'vitest'
import { classify, type ClassifyContext } from '../../../electron/rotation/classification/classify.ts'
import type { Outcome, OutcomeKind } from '../../../electron/rotation/outcome.ts'
import type { Headers, TransportCause } from '../../../electron/rotation/wire-failure.ts'

const context: ClassifyContext = { provider: 'generic', model: 'gpt-4o', wallMs: Date.UTC(2026, 0, 1) }

describe('failures without an answer', () => {
  it('says nothing about the key when the client went away', () => {
    expect(classify({ kind: 'cancelled' }, context).kind).toBe('cancelled')
  })

  const causes: TransportCause[] = [
    'unknown-host',
    'connection-refused',
    'connection-lost',
    'tls',
    'timeout',
    'redirect',
    'too-large',
    'empty-answer',
    'not-json',
    'proxy-unreachable',
    'proxy-auth',
    'proxy-refused',
  ]
  it.each(causes)('never blames the key for %s', (cause) => {
    expect(classify({ kind: 'transport', cause, bodySent: true }, context)).toMatchObject({
      kind: 'upstream-failed',
      cause,
    })
  })

  it('only suspects a bill after a timeout whose body was sent', () => {
    const billed = (cause: TransportCause, bodySent: boolean) => {
      const outcome = classify({ kind: 'transport', cause, bodySent }, context)
      return outcome.kind === 'upstream-failed' && outcome.mayBeBilled
    }
    expect(billed('timeout', true)).toBe(true)
    expect(billed('timeout', false)).toBe(false)
    expect(billed('connection-lost', true)).toBe(false)
  })

  it('takes a key out that cannot be sent at all', () => {
    expect(classify({ kind: 'transport', cause: 'not-sent', bodySent: false }, context)).toMatchObject({
      kind: 'rejected',
      providerCode: 'key_not_sendable',
    })
  })
})

interface Said {
  status: number
  body?: unknown
  headers?: Headers
  contentType?: string
}

function judge({ status, body = '', headers = {}, contentType = 'application/json' }: Said): Outcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return classify({ kind: 'answer', status, headers, contentType, body: text }, context)
}

const message = (text: string) => ({ error: { message: text } })
const code = (name: string) => ({ error: { message: 'No.', code: name } })
const page = (title: string) => `<!doctype html><html><head><title>${title}</title></head><body></body></html>`

describe('the table, line by line', () => {
  it.each<[OutcomeKind, string, Said]>([
    ['address-blocked', 'a region by its code', { status: 403, body: code('unsupported_country_region_territory') }],
    ['address-blocked', 'a region by text', { status: 403, body: message('Your region is not supported.') }],
    ['address-blocked', 'legal reasons', { status: 451 }],
    ['address-blocked', 'a page with a 403', { status: 403, contentType: 'text/html', body: page('Sorry') }],
    [
      'address-blocked',
      'a page with a 200',
      { status: 200, contentType: 'text/html; charset=utf-8', body: page('Login') },
    ],
    ['address-blocked', 'a page that does not say it is one', { status: 200, body: page('Login') }],
    ['address-blocked', 'a page with a 429', { status: 429, contentType: 'text/html', body: page('Too many') }],
    [
      'address-blocked',
      'a challenge with a 503',
      { status: 503, contentType: 'text/html', body: page('Just a moment...') },
    ],
    [
      'upstream-failed',
      'the page of a bad gateway',
      { status: 502, contentType: 'text/html', body: page('502 Bad Gateway') },
    ],
    [
      'caller-fault',
      'the page of a wrong path',
      { status: 404, contentType: 'text/html', body: page('404 Not Found') },
    ],
    ['caller-fault', 'the page of a body too large', { status: 413, contentType: 'text/html', body: page('413') }],

    [
      'caller-fault',
      'a parameter called region',
      { status: 400, body: message("The parameter 'region' is not supported.") },
    ],
    [
      'rate-limited',
      'a model called moderation',
      { status: 429, body: message('Too fast for omni-moderation-latest') },
    ],
    ['caller-fault', '400', { status: 400 }],
    ['caller-fault', '404', { status: 404 }],
    ['caller-fault', '405', { status: 405 }],
    ['caller-fault', '409', { status: 409 }],
    ['caller-fault', '413', { status: 413 }],
    ['caller-fault', '415', { status: 415 }],
    ['caller-fault', '422', { status: 422 }],
    ['caller-fault', 'moderation as a 403', { status: 403, body: message('The input was flagged by moderation.') }],
    [
      'caller-fault',
      'a request above the limit as a 429',
      { status: 429, body: message('requested 61337, limit 30000') },
    ],
    [
      'caller-fault',
      'the same with a code',
      { status: 413, body: { error: { code: 'rate_limit_exceeded', message: 'Limit 6,000, Requested 7,000' } } },
    ],
    [
      'caller-fault',
      'a context too long as a 429',
      { status: 429, body: message("exceeds the model's context length") },
    ],

    ['not-allowed', '404 with the model named', { status: 404, body: message("'gpt-4o' is unknown here") }],
    ['not-allowed', '403 with the model named', { status: 403, body: message('gpt-4o is not on this plan') }],
    ['not-allowed', 'its code', { status: 404, body: code('model_not_found') }],
    ['not-allowed', 'its parameter', { status: 404, body: { error: { message: 'Unknown.', param: 'model' } } }],
    ['caller-fault', '400 with the model named', { status: 400, body: message('gpt-4o is unknown') }],
    ['rejected', '403 that names another model', { status: 403, body: message('use gpt-4o-mini') }],

    ['exhausted', '402', { status: 402 }],
    ['exhausted', 'insufficient_quota', { status: 429, body: code('insufficient_quota') }],
    ['exhausted', 'billing_*', { status: 403, body: code('billing_not_active') }],
    ['exhausted', 'credit_*', { status: 400, body: code('credit_used_up') }],
    ['exhausted', 'a balance by text', { status: 403, body: message('Insufficient account balance') }],
    ['exhausted', 'a spending cap by text', { status: 429, body: message('You hit your spending cap.') }],
    ['exhausted', 'a balance in Chinese', { status: 403, body: message('账户余额不足，请充值') }],
    ['exhausted', 'a quota of a relay', { status: 403, body: code('insufficient_user_quota') }],
    [
      'exhausted',
      'the current quota',
      { status: 429, body: message('You exceeded your current quota, please check your plan') },
    ],

    ['rate-limited', '429', { status: 429 }],
    ['rate-limited', 'its code with another status', { status: 403, body: code('rate_limit_exceeded') }],
    [
      'rate-limited',
      'a request below the limit',
      { status: 429, body: message('Limit 30000, Used 28039, Requested 3906.') },
    ],
    ['rate-limited', 'a load balancer, which is no balance', { status: 429, body: message('load balancer error') }],

    ['upstream-failed', '408', { status: 408 }],
    ['upstream-failed', '500', { status: 500 }],
    ['upstream-failed', '502', { status: 502 }],
    ['upstream-failed', '503', { status: 503 }],
    ['upstream-failed', '504', { status: 504 }],
    ['upstream-failed', '529', { status: 529 }],
    ['upstream-failed', '999', { status: 999 }],
    ['upstream-failed', 'engine_overloaded*', { status: 429, body: code('engine_overloaded_for_now') }],
    ['upstream-failed', 'an overloaded engine by text', { status: 429, body: message('The engine is overloaded') }],
    ['upstream-failed', 'an error inside a 200', { status: 200, body: message('Something went wrong') }],
    ['upstream-failed', 'a 500 that speaks of billing', { status: 500, body: message('billing is not active: retry') }],

    ['rejected', '401', { status: 401 }],
    ['rejected', '403 otherwise', { status: 403, body: message('Forbidden') }],
    [
      'rejected',
      '400 with an invalid key by text',
      { status: 400, body: message('API key not valid. Please pass a valid API key.') },
    ],
    ['rejected', '400 with an invalid key by code', { status: 400, body: code('invalid_api_key') }],
    ['rejected', 'an error inside a 200', { status: 200, body: { error: { type: 'authentication_error' } } }],
  ])('%s: %s', (kind, _what, said) => {
    expect(judge(said)).toMatchObject({ kind, status: said.status })
  })

  it("knows Google's quotas behind a relay too: a minute is a rate limit, a day is exhausted", () => {
    const quota = (quotaId: string) => ({
      error: {
        status: 'RESOURCE_EXHAUSTED',
        message: 'You exceeded your current quota, please check your plan and billing details.',
        details: [{ violations: [{ quotaId }] }, { retryDelay: '28s' }],
      },
    })
    expect(judge({ status: 429, body: quota('GenerateRequestsPerMinutePerProjectPerModel') })).toMatchObject({
      kind: 'rate-limited',
      retryAfterMs: 28_000,
    })
    expect(judge({ status: 429, body: quota('GenerateRequestsPerDayPerProjectPerModel') })).toMatchObject({
      kind: 'exhausted',
      resetAfterMs: null,
    })
  })

  it('believes a known code before any text', () => {
    const body = {
      error: { code: 'rate_limit_exceeded', message: 'Insufficient balance of requests; check your billing' },
    }
    expect(judge({ status: 429, body }).kind).toBe('rate-limited')
  })

  it('asks the text when the code says nothing', () => {
    const body = { error: { code: 'invalid_request_error', message: 'Insufficient balance' } }
    expect(judge({ status: 400, body }).kind).toBe('exhausted')
  })

  it('is not fooled by a code that is also the name of something inherited', () => {
    expect(judge({ status: 429, body: code('constructor') }).kind).toBe('rate-limited')
    expect(judge({ status: 500, body: { error: { type: '__proto__' } } }).kind).toBe('upstream-failed')
  })

  it('waits as announced for an exhausted quota too', () => {
    const said = { status: 429, body: code('insufficient_quota'), headers: { 'retry-after': '600' } }
    expect(judge(said)).toMatchObject({ kind: 'exhausted', resetAfterMs: 600_000 })
  })

  it('keeps what the headers said about limits, whatever the outcome', () => {
    const headers = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '2s' }
    expect(judge({ status: 500, headers })).toMatchObject({ limits: { requestsRemaining: 0, requestsResetMs: 2_000 } })
  })
})

describe('an error event inside a 200 stream', () => {
  const judgeStream = (data: unknown) =>
    classify(
      { kind: 'stream-error', status: 200, headers: {}, data: typeof data === 'string' ? data : JSON.stringify(data) },
      context,
    )

  it.each<[OutcomeKind, unknown]>([
    ['upstream-failed', { error: { code: 502, message: 'Provider disconnected' } }],
    ['upstream-failed', { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }],
    ['upstream-failed', { type: 'response.failed', response: { error: { code: 'server_error', message: 'Oops' } } }],
    ['upstream-failed', 'no JSON at all'],
    ['rate-limited', { error: { code: 429, message: 'Slow down' } }],
    ['rate-limited', { type: 'error', error: { type: 'rate_limit_error', message: 'Too fast' } }],
    ['exhausted', { error: { code: 'insufficient_quota', message: 'No more' } }],
    ['caller-fault', { error: { type: 'invalid_request_error', message: 'Bad image' } }],
    ['rejected', { type: 'error', error: { type: 'authentication_error', message: 'Who?' } }],
  ])('is judged by what it says: %s for %j', (kind, data) => {
    expect(judgeStream(data).kind).toBe(kind)
  })

  it("is told apart from a status when it is nobody else's fault", () => {
    expect(judgeStream({ error: { message: 'Oops' } })).toMatchObject({
      kind: 'upstream-failed',
      cause: 'stream-error',
    })
  })
})
