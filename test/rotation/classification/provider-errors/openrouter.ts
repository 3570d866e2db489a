import type { FamilyRows } from './error-row.ts'

const openRouterError = (code: number, message: string, metadata?: unknown) => ({
  error: { code, message, ...(metadata ? { metadata } : {}) },
  user_id: 'user_35tI40u3gKTMEMGS061Ov1xsUTj',
})
const openRouterDocs = 'OpenRouter, "Errors and debugging"'
const openRouterSaid = 'OpenRouter API, as quoted by its users'
export const openrouter: FamilyRows = [
  {
    what: 'a wrong key',
    source: openRouterDocs,
    status: 401,
    body: openRouterError(401, 'No auth credentials found'),
    expect: { kind: 'rejected' },
  },
  {
    what: 'no credits',
    source: openRouterSaid,
    status: 402,
    body: openRouterError(402, 'Insufficient credits. Add more using https://openrouter.ai/settings/credits'),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'credits for fewer tokens',
    source: openRouterSaid,
    status: 402,
    body: openRouterError(
      402,
      'This request requires more credits, or fewer max_tokens. You requested up to 64000 tokens, but can only afford 2666.',
    ),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'a limit of the key, as a 403',
    source: openRouterSaid,
    status: 403,
    body: openRouterError(403, 'Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys'),
    expect: { kind: 'exhausted' },
  },
  {
    what: 'moderation, as a 403',
    source: openRouterDocs,
    status: 403,
    body: openRouterError(403, 'Your input was flagged', {
      reasons: ['violence'],
      flagged_input: 'some text',
      provider_name: 'OpenAI',
      model_slug: 'openai/gpt-4o',
    }),
    expect: { kind: 'caller-fault' },
  },
  {
    what: "a day's free requests, with the time of their return",
    source: openRouterSaid,
    status: 429,
    body: openRouterError(
      429,
      'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
      {
        headers: {
          'X-RateLimit-Limit': '50',
          'X-RateLimit-Remaining': '0',
          'X-RateLimit-Reset': String(Date.UTC(2026, 0, 1, 6)),
        },
      },
    ),
    expect: { kind: 'exhausted', resetAfterMs: 6 * 3_600_000 },
  },
  {
    what: 'a busy provider behind it',
    source: openRouterSaid,
    status: 429,
    body: openRouterError(429, 'Provider returned error', {
      provider_name: 'Chutes',
      raw: 'qwen/qwen3-coder:free is temporarily rate-limited upstream.',
    }),
    expect: { kind: 'rate-limited' },
  },
  {
    what: 'an error that comes inside a 200',
    source: openRouterDocs,
    status: 200,
    body: openRouterError(502, 'Provider returned error'),
    expect: { kind: 'upstream-failed', status: 200, providerCode: '502' },
  },
  {
    what: 'no provider for the model',
    source: openRouterSaid,
    status: 404,
    body: openRouterError(404, 'No endpoints found for qwen/qwen3-coder:free.'),
    expect: { kind: 'not-allowed' },
  },
  {
    what: 'no provider at the moment',
    source: openRouterDocs,
    status: 503,
    body: openRouterError(503, 'No available model provider that meets your routing requirements'),
    expect: { kind: 'upstream-failed' },
  },
]
