import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { balanceIn, readBalance } from '../../electron/gateway/key-balance.ts'
import { extraHeaders } from '../../electron/upstream/extra-headers.ts'
import { Balance } from '../../shared/balance.ts'
import { startTestProxy } from '../support/test-proxy.ts'
import { anUpstream, json, never, secret, startProvider, type Reply } from '../upstream/local-provider.ts'

const cny = 'https://api.siliconflow.cn'

async function ask(reply: Reply) {
  const provider = await startProvider(reply)
  const model = { apiBase: provider.apiBase, provider: null, name: 'm' }
  const endpoint = { path: '/user/balance', answer: 'deepseek' } as const
  const balance = await readBalance({ upstream: anUpstream(), wallMs: () => 0 }, model, { secret }, never, endpoint)
  return { balance, seen: provider.seen }
}

describe('the balance of a key', () => {
  it('is asked at the host of its model, with the key itself', async () => {
    const { balance, seen } = await ask((response) =>
      json(response, 200, {
        is_available: true,
        balance_infos: [{ currency: 'CNY', total_balance: '110.00', granted_balance: '10.00' }],
      }),
    )
    expect(balance).toEqual({ kind: 'known', left: [{ amount: 110, currency: 'CNY' }], used: null, enough: true })
    expect(seen.map(({ method, url, headers }) => [method, url, headers.authorization])).toEqual([
      ['GET', '/user/balance', `Bearer ${secret}`],
    ])
  })

  it('is asked through the proxy, with what its model sends beside the key, and at that host only', async () => {
    const answer = { data: { limit_remaining: 4.5, usage: 0.5 } }
    const provider = await startProvider((response) => json(response, 200, answer))
    const proxy = await startTestProxy()
    onTestFinished(() => proxy.close())
    const { port } = new URL(proxy.url)
    const way = { kind: 'http', hostname: '127.0.0.1', port: Number(port), credentials: () => null } as const
    const upstream = anUpstream({ proxyFor: () => way })
    // A name that only the proxy knows.
    const apiBase = provider.apiBase.replace('127.0.0.1', 'provider.internal')
    const sent = { secret, extraHeaders: () => extraHeaders([{ name: 'X-Team', value: 'of-a-team-0001' }]) }
    const endpoint = { path: '/api/v1/key', answer: 'openrouter' } as const
    const model = { apiBase, provider: null, name: 'm' }
    const balance = await readBalance({ upstream, wallMs: () => 0 }, model, sent, never, endpoint)
    expect(balance).toMatchObject({ kind: 'known', left: [{ amount: 4.5, currency: 'USD' }] })
    expect(proxy.asked).toEqual([`CONNECT ${new URL(apiBase).host} HTTP/1.1`])
    expect(provider.seen.map(({ url, headers }) => [url, headers['x-team'], headers.authorization])).toEqual([
      ['/api/v1/key', 'of-a-team-0001', `Bearer ${secret}`],
    ])
    // What stands before the tunnel is read by the proxy.
    const [beforeTunnel = ''] = proxy.seen().toString('latin1').split('\r\n\r\n')
    expect(beforeTunnel).not.toMatch(/of-a-team|authorization/i)
  })

  it('says what the provider refused', async () => {
    const { balance } = await ask((response) => json(response, 401, {}))
    expect(balance).toMatchObject({ kind: 'failed', outcome: { kind: 'rejected', status: 401 } })
  })

  it('is not asked where nothing is known to answer', async () => {
    const model = { apiBase: 'https://relay.example/v1', provider: null, name: 'm' }
    const upstream = anUpstream()
    expect(await readBalance({ upstream, wallMs: () => 0 }, model, { secret }, never)).toEqual({ kind: 'not-offered' })
  })

  it.each([
    ['deepseek', cny, { is_available: false, balance_infos: [] }, { left: [], used: null, enough: false }],
    [
      'siliconflow',
      cny,
      { code: 20000, status: true, data: { balance: '0.88', chargeBalance: '88.00', totalBalance: '88.88' } },
      { left: [{ amount: 88.88, currency: 'CNY' }], used: null, enough: null },
    ],
    [
      'siliconflow',
      'https://api.siliconflow.com',
      { data: { totalBalance: '1' } },
      { left: [{ amount: 1, currency: 'USD' }], used: null, enough: null },
    ],
    [
      'openrouter',
      'https://openrouter.ai',
      { data: { label: 'sk-or-v1-116...0ce', limit: 5, usage: 0.5, limit_remaining: 4.5, is_free_tier: false } },
      { left: [{ amount: 4.5, currency: 'USD' }], used: { amount: 0.5, currency: 'USD' }, enough: null },
    ],
    [
      'openrouter',
      'https://openrouter.ai',
      { data: { limit: null, usage: 2, limit_remaining: null } },
      { left: [], used: { amount: 2, currency: 'USD' }, enough: null },
    ],
  ] as const)('is read from what %s at %s answers', (answer, origin, body, expected) => {
    expect(balanceIn(JSON.stringify(body), answer, origin)).toEqual({ kind: 'known', ...expected })
  })

  it('is never made up from another answer, and always fits the contract', () => {
    const answers = fc.constantFrom('deepseek', 'siliconflow', 'openrouter')
    const texts = fc.oneof(fc.string(), fc.json())
    fc.assert(
      fc.property(texts, answers, (text, answer) => {
        const balance = balanceIn(text, answer, cny)
        expect(Balance.safeParse(balance).success).toBe(true)
        expect(balance.kind).toBe('not-understood')
      }),
    )
  })
})
