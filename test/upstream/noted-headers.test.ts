import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { notedHeaders } from '../../electron/upstream/noted-headers.ts'
import { NotedHeaders } from '../../shared/outcome.ts'

const secret = 'sk-canary-0123456789abcdefghij'

describe('the headers of an answer that are noted', () => {
  it('are those that say which request it was, when to come back, who served it and how fast', () => {
    const headers = {
      'content-type': 'application/json',
      'x-request-id': 'req_9f3a51c7b2d84e60a1f0c3d5e7b90214',
      'cf-ray': '8f1d2c3b4a596877-FRA',
      'retry-after': '20',
      'x-ratelimit-remaining-requests': '0',
      'anthropic-ratelimit-tokens-reset': '2026-06-15T09:00:12Z',
      'openai-processing-ms': '412',
      'x-served-by': 'cache-fra-1',
      'set-cookie': 'session=1',
      server: 'nginx',
    }
    expect(notedHeaders(headers, secret)).toEqual([
      ['x-request-id', 'req_9f3a51c7b2d84e60a1f0c3d5e7b90214'],
      ['cf-ray', '8f1d2c3b4a596877-FRA'],
      ['retry-after', '20'],
      ['x-ratelimit-remaining-requests', '0'],
      ['anthropic-ratelimit-tokens-reset', '2026-06-15T09:00:12Z'],
      ['openai-processing-ms', '412'],
      ['x-served-by', 'cache-fra-1'],
    ])
  })

  it('are none where nothing of the kind was said', () => {
    expect(notedHeaders({ 'content-type': 'text/html', 'x-request-id': '' }, secret)).toBeUndefined()
  })

  it.each(['authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'cookie', 'set-cookie'])(
    'never hold %s',
    (name) => {
      expect(notedHeaders({ [name]: 'anything' }, secret)).toBeUndefined()
    },
  )

  it.each([
    ['the key', secret],
    ['the key among other words', `key ${secret} was used`],
    ['the beginning of the key', secret.slice(0, 16)],
    ['the end of the key', `…${secret.slice(-8)}`],
    ['a key that is not ours', 'sk-proj-anotherone0123456789'],
    ['an authorisation', 'Bearer abc'],
  ])('leave out a value that quotes %s', (_what, value) => {
    expect(notedHeaders({ 'x-request-id': value, 'retry-after': '1' }, secret)).toEqual([['retry-after', '1']])
  })

  it('are few and short, whatever a provider sends', () => {
    const names = fc.stringMatching(/^x-ratelimit-[a-z]{1,8}$/)
    const values = fc.string({ unit: 'binary', maxLength: 2_000 })
    fc.assert(
      fc.property(fc.dictionary(names, values, { maxKeys: 60 }), (headers) => {
        expect(NotedHeaders.safeParse(notedHeaders(headers, secret) ?? []).success).toBe(true)
      }),
    )
  })

  it('never hold a run of the key that is fifteen characters long', () => {
    const quoted = fc.tuple(fc.nat(secret.length - 15), fc.string(), fc.string())
    fc.assert(
      fc.property(quoted, ([at, before, after]) => {
        const value = before + secret.slice(at, at + 15) + after
        expect(notedHeaders({ 'x-request-id': value }, secret)).toBeUndefined()
      }),
    )
  })
})
