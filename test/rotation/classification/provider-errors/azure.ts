import type { FamilyRows } from './error-row.ts'

export const azure: FamilyRows = [
  {
    what: 'a wrong key',
    source: 'Azure API Management, as quoted by Azure OpenAI users',
    status: 401,
    body: {
      error: {
        code: '401',
        message:
          'Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.',
      },
    },
    expect: { kind: 'rejected', providerCode: '401' },
  },
  {
    what: 'a deployment that does not exist',
    source: 'Azure OpenAI, as quoted by its users',
    status: 404,
    body: {
      error: {
        code: 'DeploymentNotFound',
        message:
          'The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.',
      },
    },
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'a wrong path',
    source: 'Azure OpenAI, as quoted by its users',
    status: 404,
    body: { error: { code: '404', message: 'Resource not found' } },
    expect: { kind: 'caller-fault' },
  },
  {
    what: 'too many tokens a minute',
    source: 'Azure OpenAI, as quoted by its users',
    status: 429,
    headers: { 'retry-after': '20', 'retry-after-ms': '19500' },
    body: {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2023-05-15 have exceeded token rate limit of your current AIServices S0 pricing tier. Please retry after 20 seconds.',
      },
    },
    expect: { kind: 'rate-limited', retryAfterMs: 19_500 },
  },
  {
    what: 'a day of waiting, which is cut to an hour',
    source: 'Azure OpenAI, as quoted by its users',
    status: 429,
    body: {
      error: {
        code: '429',
        message:
          'Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-05-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 86400 seconds.',
      },
    },
    expect: { kind: 'rate-limited', retryAfterMs: 3_600_000 },
  },
  {
    what: 'the content filter',
    source: 'Azure OpenAI, "Content filtering"',
    status: 400,
    body: {
      error: {
        message: "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    },
    expect: { kind: 'caller-fault', providerCode: 'content_filter' },
  },
  {
    what: 'a firewall of the resource',
    source: 'Azure AI services, "Virtual networks"',
    status: 403,
    body: { error: { code: 'AccessDenied', message: 'Access denied due to Virtual Network/Firewall rules.' } },
    expect: { kind: 'address-blocked' },
  },
]
