import { describe, expect, it, onTestFinished } from 'vitest'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { freePort } from '../support/free-port.ts'
import { aNewClient } from '../support/gateway-port.ts'
import { addModel } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'

/** A gateway that is on, with one client, before two models of which one is rehearsed. */
async function aGatewayInUse() {
  const provider = await startMockUpstream(['scripted', 'other'])
  onTestFinished(() => provider.close())
  const { client } = await aTestApp()
  await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
  const { modelId, ids } = await addModel(client, ['sk-not-a-real-key-0001'], {
    name: 'scripted',
    apiBase: provider.url,
  })
  await addModel(client, ['sk-not-a-real-key-0002'], { name: 'other', apiBase: provider.url })
  for (const key of ['sk-not-a-real-key-0001', 'sk-not-a-real-key-0002']) {
    provider.script(key, upstream.says('from the provider'))
  }
  const port = await freePort()
  await client.gateway.switch({ on: true, port })
  const { token } = await client.gateway.addClient(aNewClient())
  const ask = (model: string) =>
    fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
    })
  return { client, provider, modelId, ids, ask }
}

describe('a client of the gateway', { timeout: 30_000 }, () => {
  it('is not reached by a rehearsal unless a person includes it', async () => {
    const { client, provider, modelId, ask } = await aGatewayInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    expect((await ask('scripted')).headers.get('x-keywheel-rehearsal')).toBeNull()
    expect(provider.requests).toHaveLength(1)

    await client.rehearsal.change({ answersHere: true, includesGateway: true })
    const played = await ask('scripted')
    expect(played.headers.get('x-keywheel-rehearsal')).toBe('1')
    expect(await played.text()).toContain('This is a rehearsal')
    expect(provider.requests).toHaveLength(1)
  })

  it('is answered by the provider when it asks for another model, or when the rehearsal is over', async () => {
    const { client, provider, modelId, ask } = await aGatewayInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: true })
    await ask('other')
    await client.rehearsal.end()
    await ask('scripted')
    expect(provider.requests).toHaveLength(2)
  })

  it('spends nothing of its day, and its figures count nothing that was played', async () => {
    const { client, modelId, ids, ask } = await aGatewayInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: true })
    await client.rehearsal.inject({ keyId: ids[0]!, fault: { kind: 'rejected' }, lasts: { kind: 'calls', calls: 1 } })
    expect((await ask('scripted')).status).not.toBe(200)
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: true })
    expect((await ask('scripted')).status).toBe(200)
    const [notebook] = await client.gateway.clients()
    expect(notebook).toMatchObject({ tokensToday: 0 })
    const [model] = await client.models.list()
    expect(model?.keys[0]).toMatchObject({
      requests: 0,
      served: 0,
      lastFailure: null,
      state: { kind: 'ready' },
      p50Ms: null,
    })
  })
})
