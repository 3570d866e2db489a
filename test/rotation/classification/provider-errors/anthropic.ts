import type { FamilyRows } from './error-row.ts'

const anthropicError = (type: string, message: string) => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_011CSHoEeqs5C35K2UUqR7Fy',
})
const anthropicDocs = 'Claude API, "Errors"'
const anthropicSaid = 'Claude API, as quoted by its users'
export const anthropic: FamilyRows = [
  {
    what: 'a wrong key',
    source: anthropicDocs,
    status: 401,
    body: anthropicError('authentication_error', 'invalid x-api-key'),
    expect: { kind: 'rejected', providerMessage: 'invalid x-api-key' },
  },
  {
    what: 'an empty balance, as a 400',
    source: anthropicSaid,
    status: 400,
    body: anthropicError(
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
    expect: { kind: 'exhausted', resetAfterMs: null },
  },
  {
    what: 'a spent monthly limit, with the day of its return',
    source: anthropicSaid,
    status: 400,
    body: anthropicError(
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-01-03 at 00:00 UTC.',
    ),
    expect: { kind: 'exhausted', resetAfterMs: 2 * 86_400_000 },
  },
  {
    what: 'billing',
    source: anthropicDocs,
    status: 402,
    body: anthropicError('billing_error', 'There is an issue with your billing or payment information.'),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'the limit of input tokens',
    source: 'Claude API, "Rate limits"',
    status: 429,
    headers: {
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-01-01T00:00:02Z',
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-01-01T00:00:41Z',
      'anthropic-organization-id': '6b8b7a4e-0000-4000-8000-1c2d3e4f5a6b',
    },
    body: anthropicError(
      'rate_limit_error',
      "This request would exceed your organization's rate limit of 40,000 input tokens per minute.",
    ),
    expect: { kind: 'rate-limited', retryAfterMs: 41_000 },
  },
  {
    what: 'overload',
    source: anthropicDocs,
    status: 529,
    body: anthropicError('overloaded_error', 'Overloaded'),
    expect: { kind: 'upstream-failed', providerCode: 'overloaded_error' },
  },
  {
    what: 'an address it does not serve',
    source: anthropicSaid,
    status: 403,
    body: { error: { type: 'forbidden', message: 'Request not allowed' } },
    expect: { kind: 'address-blocked' },
  },
  {
    what: 'a missing permission',
    source: anthropicDocs,
    status: 403,
    body: anthropicError('permission_error', 'Your API key does not have permission to use the specified resource.'),
    expect: { kind: 'rejected' },
  },
  {
    what: 'a model it does not know',
    source: anthropicSaid,
    status: 404,
    model: 'claude-opus-9',
    body: anthropicError('not_found_error', 'model: claude-opus-9'),
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'a prompt that is too long',
    source: anthropicSaid,
    status: 400,
    body: anthropicError('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a request that is too large',
    source: anthropicDocs,
    status: 413,
    body: anthropicError('request_too_large', 'Request exceeds the maximum allowed number of bytes.'),
    expect: { kind: 'caller-fault' },
  },
]
