import { openAiError, type FamilyRows } from './error-row.ts'

const deepseekSaid = 'DeepSeek API, "Error codes", bodies as quoted by its users'
export const deepseek: FamilyRows = [
  {
    what: 'an empty balance, which its code calls an invalid request',
    source: deepseekSaid,
    status: 402,
    body: openAiError('Insufficient Balance', 'unknown_error', 'invalid_request_error'),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'a wrong key, which its code calls an invalid request',
    source: deepseekSaid,
    status: 401,
    body: openAiError(
      'Authentication Fails, Your api key: ****fcc2 is invalid',
      'authentication_error',
      'invalid_request_error',
    ),
    expect: { kind: 'rejected', providerMessage: 'Authentication Fails, Your api key: [key] is invalid' },
  },
  {
    what: 'a malformed request',
    source: deepseekSaid,
    status: 422,
    body: openAiError(
      'Failed to deserialize the JSON body into the target type',
      'invalid_request_error',
      'invalid_request_error',
    ),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a model that does not exist, as a 400',
    source: deepseekSaid,
    status: 400,
    body: openAiError('Model Not Exist', 'invalid_request_error', 'invalid_request_error'),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a rate limit',
    source: deepseekSaid,
    status: 429,
    body: openAiError('Rate limit reached', 'rate_limit_error', 'rate_limit_exceeded'),
    expect: { kind: 'rate-limited' },
  },
  {
    what: 'overload',
    source: deepseekSaid,
    status: 503,
    body: openAiError(
      'Service is too busy. We advise users to temporarily switch to alternative LLM API service providers.',
      'service_unavailable_error',
      'invalid_request_error',
    ),
    expect: { kind: 'upstream-failed' },
  },
]
