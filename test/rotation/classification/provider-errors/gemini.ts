import type { FamilyRows } from './error-row.ts'

const google = 'type.googleapis.com/google.rpc.'
const geminiError = (code: number, status: string, message: string, details: unknown[] = []) => [
  { error: { code, message, status, details } },
]
const geminiSaid = 'Gemini API, as quoted by its users'
const currentQuota = 'You exceeded your current quota, please check your plan and billing details.'
export const gemini: FamilyRows = [
  {
    what: 'a wrong key, as a 400',
    source: geminiSaid,
    status: 400,
    body: geminiError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      { '@type': `${google}ErrorInfo`, reason: 'API_KEY_INVALID', domain: 'googleapis.com' },
    ]),
    expect: { kind: 'rejected' },
  },
  {
    what: 'a wrong key, told by text alone',
    source: geminiSaid,
    status: 400,
    body: geminiError(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.'),
    expect: { kind: 'rejected' },
  },
  {
    what: 'a suspended key, whose message repeats it',
    source: geminiSaid,
    status: 403,
    body: geminiError(
      403,
      'PERMISSION_DENIED',
      "Permission denied: Consumer 'api_key:AIzaSyA0000000000000000000000000000000' has been suspended.",
      [{ '@type': `${google}ErrorInfo`, reason: 'CONSUMER_SUSPENDED', domain: 'googleapis.com' }],
    ),
    expect: {
      kind: 'rejected',
      providerMessage: "Permission denied: Consumer 'api_key:[key]' has been suspended.",
    },
  },
  {
    what: 'a leaked key',
    source: geminiSaid,
    status: 403,
    body: geminiError(403, 'PERMISSION_DENIED', 'Your API key was reported as leaked. Please use another API key.'),
    expect: { kind: 'rejected' },
  },
  {
    what: 'an unsupported location, as a 400',
    source: geminiSaid,
    status: 400,
    body: geminiError(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
    expect: { kind: 'address-blocked' },
  },
  {
    what: "a minute's quota, with a RetryInfo",
    source: geminiSaid,
    status: 429,
    body: geminiError(429, 'RESOURCE_EXHAUSTED', currentQuota, [
      {
        '@type': `${google}QuotaFailure`,
        violations: [{ quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier' }],
      },
      { '@type': `${google}RetryInfo`, retryDelay: '28s' },
    ]),
    expect: { kind: 'rate-limited', retryAfterMs: 28_000 },
  },
  {
    what: "a day's quota, whose RetryInfo means the next minute",
    source: geminiSaid,
    status: 429,
    body: geminiError(429, 'RESOURCE_EXHAUSTED', currentQuota, [
      {
        '@type': `${google}QuotaFailure`,
        violations: [
          { quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier' },
          { quotaId: 'GenerateRequestsPerDayPerProjectPerModel-FreeTier' },
        ],
      },
      { '@type': `${google}RetryInfo`, retryDelay: '45.578569677s' },
    ]),
    expect: { kind: 'exhausted', resetAfterMs: null },
  },
  {
    what: 'a quota it does not explain',
    source: geminiSaid,
    status: 429,
    body: geminiError(429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'),
    expect: { kind: 'rate-limited', retryAfterMs: null },
  },
  {
    what: 'an error wrapped into the message of a relay',
    source: geminiSaid,
    status: 429,
    body: {
      error: {
        message: JSON.stringify({
          error: {
            code: 429,
            message: 'Resource has been exhausted (e.g. check quota).',
            status: 'RESOURCE_EXHAUSTED',
          },
        }),
        code: 429,
        status: 'Too Many Requests',
      },
    },
    expect: { kind: 'rate-limited', providerMessage: 'Resource has been exhausted (e.g. check quota).' },
  },
  {
    what: 'a model it does not have',
    source: geminiSaid,
    status: 404,
    model: 'gemini-9-pro',
    body: geminiError(
      404,
      'NOT_FOUND',
      'models/gemini-9-pro is not found for API version v1main, or is not supported for generateContent.',
    ),
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'an overloaded model',
    source: geminiSaid,
    status: 503,
    body: geminiError(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
    expect: { kind: 'upstream-failed' },
  },
]
