import { describe, expect, it, onTestFinished } from 'vitest'
import type { NetworkStatus, ProxyChange } from '../../shared/network.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { addModel, anOpenApp, failureOf, say } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'
import { proxyUser, startTestProxy } from '../support/test-proxy.ts'

const secret = 'sk-canary-of-the-network-0001'
const password = 'canary-of-the-proxy-password'
const off: ProxyChange = { mode: 'off', url: '', user: '', direct: [] }

async function aProxy() {
  const proxy = await startTestProxy(password)
  onTestFinished(() => proxy.close())
  return proxy
}

/** A model at a private name, which only the proxy knows. */
async function behindProxy(environment: Record<string, string> = {}) {
  const app = await aTestApp({}, { environment })
  const { client } = app
  await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
  const provider = await startMockUpstream(['m'])
  const proxy = await aProxy()
  onTestFinished(() => provider.close())
  provider.script(secret, upstream.says('hello'))
  const apiBase = provider.url.replace('127.0.0.1', 'provider.internal')
  const { modelId, id: keyId } = await addModel(client, [secret], { name: 'm', apiBase })
  const own: ProxyChange = { mode: 'own', url: proxy.url, user: '', direct: [] }
  const chat = async () => {
    const last = (await Array.fromAsync(await client.playground.chat(say(modelId)))).at(-1)
    return last?.kind === 'failed' ? last.failure.code : last?.kind
  }
  const key = async () => (await client.models.list())[0]?.keys[0]
  return { ...app, provider, proxy, own, modelId, keyId, chat, key }
}

describe('a proxy of one’s own', () => {
  it('is the way of chats, tests and trials alike, at once and until it is taken away', async () => {
    const { client, proxy, own, provider, modelId, keyId, chat } = await behindProxy()
    expect(await chat()).toBe('unknown_host')
    await client.network.set(own)
    expect(await chat()).toBe('done')
    await client.keys.test({ modelId, id: keyId })
    const target = { name: 'm', apiBase: provider.url.replace('127.0.0.1', 'provider.internal'), provider: null }
    expect((await client.keys.trial({ target, secret })).outcome.kind).toBe('served')
    expect(proxy.asked.length).toBeGreaterThan(0)
    expect(provider.requests).toHaveLength(3)
    await client.network.set(off)
    expect(await chat()).toBe('unknown_host')
    expect(provider.requests).toHaveLength(3)
  })

  it('is the way of a balance too, to the host of its model', async () => {
    const { client, proxy, own } = await behindProxy()
    proxy.behaves('forbids')
    const about = { name: 'asked', apiBase: 'https://openrouter.ai/api/v1' }
    const { modelId, id } = await addModel(client, ['sk-or-v1-canary-of-the-balance-0001'], about)
    await client.network.set(own)
    const balance = await client.keys.balance({ modelId, id })
    expect(balance).toMatchObject({ kind: 'failed', outcome: { kind: 'upstream-failed', cause: 'proxy-refused' } })
    expect(proxy.asked).toEqual(['CONNECT openrouter.ai:443 HTTP/1.1'])
  })

  it('is nobody’s key’s fault when it fails: the request says what to do, and is served as soon as that is done', async () => {
    const { client, proxy, own, chat, key, provider } = await behindProxy()
    await client.network.set(own)
    for (const [behaviour, code] of [
      ['closes', 'proxy_unreachable'],
      ['asks', 'proxy_auth'],
      ['forbids', 'proxy_refused'],
    ] as const) {
      proxy.behaves(behaviour)
      // More often than the breaker of an endpoint takes it.
      for (let nth = 0; nth < 3; nth += 1) expect(await chat()).toBe(code)
      expect((await key())?.state).toEqual({ kind: 'ready' })
    }
    expect(provider.requests).toEqual([])
    proxy.behaves('tunnels')
    expect(await chat()).toBe('done')
  })

  it('is told the user and password that lie in the vault, which never come back', async () => {
    const { client, proxy, own, chat } = await behindProxy()
    proxy.behaves('asks')
    const set = await client.network.set({ ...own, user: proxyUser, password })
    expect(set).toEqual({ ...own, user: proxyUser, hasPassword: true, system: null } satisfies NetworkStatus)
    expect(await chat()).toBe('done')
    const { entries } = await client.vault.auditTrail()
    expect(entries.at(-1)).toMatchObject({ action: 'change-proxy', subject: new URL(proxy.url).host })
    const told = JSON.stringify([await client.network.status(), await client.settings.get(), entries])
    expect(told).not.toContain('canary-of-the-proxy')
    // The user may change without the password being typed again, and the password may be forgotten.
    expect((await client.network.set({ ...own, user: 'another' })).hasPassword).toBe(true)
    expect((await client.network.set({ ...own, password: null })).hasPassword).toBe(false)
    expect(await chat()).toBe('proxy_auth')
  })

  it('has its replaced password back, for the host it was given for, until the next change of it or a purge', async () => {
    const { client, proxy, own, chat, modelId } = await behindProxy()
    proxy.behaves('asks')
    const before = { ...own, user: proxyUser }
    await client.network.set({ ...before, password })
    await client.network.set({ ...own, url: 'http://elsewhere.example:3128', user: 'another', password: 'mistyped' })
    expect(await client.network.set({ ...before, passwordBack: true })).toMatchObject({
      url: own.url,
      hasPassword: true,
    })
    expect(await chat()).toBe('done')
    // Also one that was forgotten, and only once.
    await client.network.set({ ...before, password: null })
    expect(await chat()).toBe('proxy_auth')
    await client.network.set({ ...before, passwordBack: true })
    expect(await chat()).toBe('done')
    const again = client.network.set({ ...before, user: 'another', passwordBack: true })
    expect(await failureOf(again)).toMatchObject({ code: 'OLD_PASSWORD_FORGOTTEN' })
    expect(await client.network.status()).toMatchObject({ user: proxyUser, hasPassword: true })
    await client.network.set({ ...before, password: 'mistyped' })
    await client.models.remove({ id: modelId })
    await client.bin.purge({ modelIds: [modelId], keyIds: [] })
    expect(await failureOf(client.network.set({ ...before, passwordBack: true }))).toMatchObject({
      code: 'OLD_PASSWORD_FORGOTTEN',
    })
  })

  it('of another host does not get the password of this one', async () => {
    const { client, own, chat } = await behindProxy()
    await client.network.set({ ...own, user: proxyUser, password })
    const other = await aProxy()
    other.behaves('asks')
    expect(await client.network.set({ ...own, url: other.url, user: proxyUser })).toMatchObject({ hasPassword: false })
    expect(await chat()).toBe('proxy_auth')
    expect(other.seen().includes(Buffer.from(`${proxyUser}:${password}`).toString('base64'))).toBe(false)
    expect(await client.network.set({ ...own, user: proxyUser })).toMatchObject({ hasPassword: true })
  })

  it('is left out for the hosts that are named, and for this machine', async () => {
    const { client, proxy, own, chat } = await behindProxy()
    await client.network.set({ ...own, direct: ['internal'] })
    expect(await chat()).toBe('unknown_host')
    expect(proxy.asked).toEqual([])
  })

  it.each([
    ['http://person:canary@proxy.example:3128', 'credentials'],
    ['', 'not-a-url'],
    ['ftp://proxy.example', 'scheme'],
    ['http://169.254.169.254', 'forbidden-host'],
  ])('cannot be %j, and the one before stays', async (url, reason) => {
    const { client } = await anOpenApp()
    const before = await client.network.set({ ...off, mode: 'own', url: 'http://proxy.example:3128' })
    const refused = await failureOf(client.network.set({ ...off, mode: 'own', url }))
    expect(refused).toEqual({ code: 'PROXY_REFUSED', data: { reason } })
    expect(await client.network.status()).toEqual(before)
  })

  it('is not changed while the interface or the vault is locked', async () => {
    const { client } = await anOpenApp()
    await client.vault.lockInterface()
    expect(await failureOf(client.network.set(off))).toMatchObject({ code: 'INTERFACE_LOCKED' })
    await client.vault.lock()
    expect(await failureOf(client.network.set(off))).toMatchObject({ code: 'VAULT_LOCKED' })
  })

  it('is in no diagnosis but as a word', async () => {
    const { client } = await anOpenApp()
    await client.network.set({ ...off, mode: 'own', url: 'http://proxy.secret-company.example:3128', user: 'person' })
    const { text } = await client.diagnostics.preview()
    expect(text).toContain('proxy: own')
    expect(text).not.toContain('secret-company')
  })
})

describe("the system's proxy", () => {
  it('is used only when a person says so, with its own password, which is shown nowhere', async () => {
    const proxy = await aProxy()
    proxy.behaves('asks')
    const { host } = new URL(proxy.url)
    const { client, chat } = await behindProxy({
      HTTP_PROXY: `http://${proxyUser}:${encodeURIComponent(password)}@${host}`,
      NO_PROXY: 'nowhere.example',
    })
    expect(await chat()).toBe('unknown_host')
    const status = await client.network.set({ ...off, mode: 'system' })
    expect(status.system).toEqual({ https: null, http: proxy.url, direct: ['nowhere.example'] })
    expect(JSON.stringify(status)).not.toContain('canary')
    expect(await chat()).toBe('done')
  })
})

describe('the test of the way', () => {
  it('says what was reached and through what, and asks nothing of the provider', async () => {
    const { client, own, proxy, provider } = await behindProxy()
    await client.simulator.start()
    await client.network.set(own)
    const reached = await client.network.test()
    const { host } = new URL(provider.url.replace('127.0.0.1', 'provider.internal'))
    expect(reached).toMatchObject({ kind: 'reached', host, via: proxy.url })
    expect(provider.requests).toEqual([])
    proxy.behaves('asks')
    expect(await client.network.test()).toMatchObject({ kind: 'failed', host, cause: 'proxy-auth' })
    proxy.behaves('forbids')
    expect(await client.network.test()).toMatchObject({ kind: 'failed', cause: 'proxy-refused' })
  })
})
