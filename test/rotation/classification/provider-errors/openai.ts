import { openAiError, type FamilyRows } from './error-row.ts'

const openAiDocs = 'OpenAI API guide "Error codes"'
const openAiSaid = 'OpenAI API, as quoted by its users in bug reports'

export const openai: FamilyRows = [
  {
    what: 'a wrong key',
    source: openAiDocs,
    status: 401,
    body: openAiError(
      'Incorrect API key provided: sk-proj-********************WXYZ. You can find your API key at https://platform.openai.com/account/api-keys.',
      'invalid_request_error',
      'invalid_api_key',
    ),
    expect: { kind: 'rejected', providerCode: 'invalid_api_key' },
  },
  {
    what: 'no key at all',
    source: openAiSaid,
    status: 401,
    body: openAiError("You didn't provide an API key.", 'invalid_request_error', null),
    expect: { kind: 'rejected' },
  },
  {
    what: 'a deactivated account',
    source: openAiSaid,
    status: 401,
    body: openAiError(
      'The OpenAI account associated with this API key has been deactivated.',
      'invalid_request_error',
      'account_deactivated',
    ),
    expect: { kind: 'rejected' },
  },
  {
    what: 'an unsupported country',
    source: openAiDocs,
    status: 403,
    body: openAiError(
      'Country, region, or territory not supported',
      'request_forbidden',
      'unsupported_country_region_territory',
    ),
    expect: { kind: 'address-blocked' },
  },
  {
    what: 'a model the project may not use',
    source: openAiSaid,
    status: 403,
    body: openAiError(
      'Project `proj_abc123` does not have access to model `gpt-4o`',
      'invalid_request_error',
      'model_not_found',
    ),
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'a model that does not exist for this key',
    source: openAiSaid,
    status: 404,
    body: openAiError(
      'The model `gpt-4o` does not exist or you do not have access to it.',
      'invalid_request_error',
      'model_not_found',
    ),
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'a wrong path',
    source: openAiSaid,
    status: 404,
    body: openAiError('Invalid URL (POST /v1/chat/completion)', 'invalid_request_error', null),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'an empty balance',
    source: openAiDocs,
    status: 429,
    body: openAiError(
      'You exceeded your current quota, please check your plan and billing details.',
      'insufficient_quota',
      'insufficient_quota',
    ),
    expect: { kind: 'exhausted', resetAfterMs: null },
  },
  {
    what: 'an empty balance, by its newer code',
    source: openAiDocs,
    status: 429,
    body: openAiError('Your credit balance is exhausted.', 'insufficient_quota', 'credit_balance_exhausted'),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'a billing limit',
    source: openAiSaid,
    status: 400,
    body: openAiError('Billing hard limit has been reached', 'invalid_request_error', 'billing_hard_limit_reached'),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'too many tokens a minute',
    source: openAiSaid,
    status: 429,
    headers: {
      'x-ratelimit-limit-tokens': '30000',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '3.89s',
      'x-ratelimit-remaining-requests': '499',
      'x-ratelimit-reset-requests': '120ms',
    },
    body: openAiError(
      'Rate limit reached for gpt-4.1 in organization org-vyUrKHsIdLcZGKR3 on tokens per min (TPM): Limit 30000, Used 28039, Requested 3906. Please try again in 3.89s.',
      'tokens',
      'rate_limit_exceeded',
    ),
    expect: { kind: 'rate-limited', retryAfterMs: 3_890 },
  },
  {
    what: 'a wait that only the sentence names',
    source: openAiSaid,
    status: 429,
    body: openAiError(
      'Rate limit reached for gpt-4.1 on tokens per min (TPM): Limit 30000, Used 18928, Requested 11159. Please try again in 174ms. Visit https://platform.openai.com/account/rate-limits to learn more.',
      'tokens',
      'rate_limit_exceeded',
    ),
    expect: { kind: 'rate-limited', retryAfterMs: 174 },
  },
  {
    what: 'a request larger than the limit itself',
    source: openAiSaid,
    status: 429,
    body: openAiError(
      'Request too large for gpt-4o in organization org-vyUrKHsIdLcZGKR3 on tokens per min (TPM): Limit 30000, Requested 61337. The input or output tokens must be reduced in order to run successfully.',
      'tokens',
      'rate_limit_exceeded',
    ),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a context that is too long',
    source: openAiSaid,
    status: 400,
    body: openAiError(
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130000 tokens.",
      'invalid_request_error',
      'context_length_exceeded',
      'messages',
    ),
    expect: { kind: 'caller-fault', providerCode: 'context_length_exceeded' },
  },
  {
    what: 'an unsupported parameter',
    source: openAiSaid,
    status: 400,
    body: openAiError(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'invalid_request_error',
      'unsupported_parameter',
      'max_tokens',
    ),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a request to slow down',
    source: openAiDocs,
    status: 503,
    body: openAiError('Slow Down', 'service_unavailable_error', 'slow_down'),
    expect: { kind: 'upstream-failed', cause: 'status' },
  },
  {
    what: 'an overloaded engine',
    source: openAiDocs,
    status: 503,
    headers: { 'retry-after': '4' },
    body: openAiError('The engine is currently overloaded, please try again later', 'server_error', null),
    expect: { kind: 'upstream-failed', retryAfterMs: 4_000 },
  },
  {
    what: 'an internal error',
    source: openAiDocs,
    status: 500,
    body: openAiError('The server had an error while processing your request', 'server_error', null),
    expect: { kind: 'upstream-failed', mayBeBilled: false },
  },
]
