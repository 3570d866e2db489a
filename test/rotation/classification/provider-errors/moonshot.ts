import type { FamilyRows } from './error-row.ts'

const kimiDocs = 'Kimi API, "Error reference"'
const kimiError = (type: string, message: string) => ({ error: { message, type } })
export const moonshot: FamilyRows = [
  {
    what: 'a wrong key',
    source: kimiDocs,
    status: 401,
    body: kimiError('invalid_authentication_error', 'Invalid Authentication'),
    expect: { kind: 'rejected' },
  },
  {
    what: 'requests a minute, with the wait in the sentence',
    source: 'Kimi API, as quoted by its users',
    status: 429,
    body: kimiError(
      'rate_limit_reached_error',
      'Your account org-e664b178c0f74d81<ak-f3t8pfk16fki11gzh6i1> request reached organization max RPM: 3, please try again after 1 seconds',
    ),
    expect: {
      kind: 'rate-limited',
      retryAfterMs: 1_000,
      providerMessage:
        'Your account org-e664b178c0f74d81<[key]> request reached organization max RPM: 3, please try again after 1 seconds',
    },
  },
  {
    what: "a day's tokens",
    source: 'Kimi API, as quoted by its users',
    status: 429,
    body: kimiError(
      'rate_limit_reached_error',
      'Your account org-e664b178c0f74d81 request reached organization TPD rate limit, current: 1526210, limit: 1500000',
    ),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'an empty balance, as a 429',
    source: kimiDocs,
    status: 429,
    body: kimiError(
      'exceeded_current_quota_error',
      'You exceeded your current token quota, please check your account balance',
    ),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'an overloaded engine, as a 429',
    source: kimiDocs,
    status: 429,
    body: kimiError('engine_overloaded_error', 'The engine is currently overloaded, please try again later'),
    expect: { kind: 'upstream-failed' },
  },
  {
    what: 'an overloaded engine that calls itself a rate limit',
    source: 'Kimi API, as quoted by its users',
    status: 429,
    body: {
      ...kimiError('rate_limit_error', 'The engine is currently overloaded, please try again later'),
      type: 'error',
    },
    expect: { kind: 'upstream-failed' },
  },
  {
    what: 'too many at once, as a 403',
    source: 'Kimi API, as quoted by its users',
    status: 403,
    body: {
      ...kimiError(
        'permission_error',
        "You've reached your concurrent request limit. Please wait for your ongoing requests to finish and try again.",
      ),
      type: 'error',
    },
    expect: { kind: 'rate-limited' },
  },
  {
    what: 'a spent billing cycle, as a 403',
    source: kimiDocs,
    status: 403,
    body: kimiError('permission_error', "You've reached your usage limit for this billing cycle."),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'a refused prompt',
    source: kimiDocs,
    status: 400,
    body: kimiError('content_filter', 'The request was rejected because it was considered high risk'),
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'a model this key may not use',
    source: kimiDocs,
    status: 404,
    model: 'kimi-k9',
    body: kimiError('resource_not_found_error', 'Not found the model kimi-k9 or Permission denied'),
    expect: { kind: 'not-allowed' },
  },
]
