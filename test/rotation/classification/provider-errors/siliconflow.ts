import type { FamilyRows } from './error-row.ts'

const siliconDocs = 'SiliconFlow, "Error handling"'
const siliconSaid = 'SiliconFlow API, as quoted by its users'
export const siliconflow: FamilyRows = [
  {
    what: 'a wrong key, as a bare string',
    source: siliconSaid,
    status: 401,
    body: '"Invalid token"',
    expect: { kind: 'rejected', providerMessage: 'Invalid token' },
  },
  {
    what: 'an empty balance, as a 403',
    source: siliconSaid,
    status: 403,
    body: { code: 30001, message: 'Sorry, your account balance is insufficient', data: null },
    expect: { kind: 'exhausted', providerCode: '30001' },
  },
  {
    what: 'a model that wants paid balance, while others do not',
    source: siliconSaid,
    status: 403,
    body: {
      code: 30011,
      message:
        'The selected model requires paid balance. Your paid balance is insufficient. Please top up and try again.',
      data: null,
    },
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'a model that does not exist, as a 400',
    source: siliconDocs,
    status: 400,
    body: { code: 20012, message: 'Model does not exist. Please check it carefully.', data: null },
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'too many tokens a minute, without a code',
    source: siliconSaid,
    status: 429,
    body: { message: 'Request was rejected due to rate limiting. Details: TPM limit reached.', data: null },
    expect: { kind: 'rate-limited', retryAfterMs: null },
  },
  {
    what: 'an overloaded model',
    source: siliconDocs,
    status: 503,
    body: { code: 50505, message: 'Model service overloaded. Please try again later.', data: null },
    expect: { kind: 'upstream-failed' },
  },
  {
    what: 'a proxy in front that times out with plain text',
    source: siliconDocs,
    status: 504,
    contentType: 'text/plain',
    body: 'Gateway Timeout',
    expect: { kind: 'upstream-failed', providerMessage: 'Gateway Timeout' },
  },
]
