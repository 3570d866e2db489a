import { describe, expect, it } from 'vitest'
import { checkKey, keyCheckRequests, type KeyCheck } from '../../electron/upstream/key-check.ts'
import { answer, anUpstream, json, never, secret, startProvider, type Reply } from './local-provider.ts'

async function check(reply: Reply, proof: KeyCheck['proof'] = 'key') {
  const provider = await startProvider(reply)
  const upstream = anUpstream()
  const target = { apiBase: provider.apiBase, provider: null, model: 'gpt-4o' }
  const outcome = await checkKey({ upstream, target, secret, signal: never, wallMs: () => 0, proof })
  return {
    outcome,
    asked: provider.seen.map(({ method, url, body }) => [method, url, body && (JSON.parse(body) as unknown)]),
  }
}

const models = { object: 'list', data: [{ id: 'gpt-4o', object: 'model' }] }
const hi = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }] }

describe('the check of a key', () => {
  it('asks for the list of models, which costs nothing', async () => {
    const { outcome, asked } = await check((response) => json(response, 200, models))
    expect(outcome.kind).toBe('served')
    expect(asked).toEqual([['GET', '/v1/models', '']])
  })

  it.each([
    [401, 'rejected'],
    [402, 'exhausted'],
    [429, 'rate-limited'],
    [500, 'upstream-failed'],
  ])('believes a %s', async (status, kind) => {
    const { outcome, asked } = await check((response) => json(response, status, {}))
    expect(outcome.kind).toBe(kind)
    expect(asked).toHaveLength(1)
  })

  it.each([404, 405])('asks for one token where a list of models is answered with %s', async (status) => {
    const { outcome, asked } = await check((response, request) =>
      request.method === 'GET' ? json(response, status, {}) : json(response, 200, answer),
    )
    expect(outcome.kind).toBe('served')
    expect(asked[1]).toEqual(['POST', '/v1/chat/completions', { ...hi, max_tokens: 1 }])
  })

  it('says the limit the other way where the first is not known', async () => {
    const { outcome, asked } = await check(
      (response, _request, { body }) =>
        body.includes('max_tokens')
          ? json(response, 400, { error: { param: 'max_tokens' } })
          : json(response, 200, answer),
      'service',
    )
    expect(outcome.kind).toBe('served')
    expect(asked).toEqual([
      ['POST', '/v1/chat/completions', { ...hi, max_tokens: 1 }],
      ['POST', '/v1/chat/completions', { ...hi, max_completion_tokens: 16 }],
    ])
  })

  it('does not take a list that anybody may see for a proof', () => {
    const target = { apiBase: 'https://openrouter.ai/api/v1', provider: null, model: 'm' }
    expect(keyCheckRequests(target, 'key')[0]?.path).toBe('/key')
  })
})
