import { describe, expect, it, onTestFinished } from 'vitest'
import type { ModelId } from '../../shared/identity.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'

const dead = 'sk-that-is-rejected-0001'
const alive = 'sk-that-is-accepted-0002'

async function ask(client: Awaited<ReturnType<typeof aTestApp>>['client'], modelId: ModelId) {
  const input = {
    modelId,
    messages: [{ role: 'user' as const, content: 'x' }],
    keyId: null,
    parameters: {},
  }
  return Array.fromAsync(await client.playground.chat(input))
}

describe('after a restart', () => {
  it('a rejected key is not tried again, and the order goes on where it stood', async () => {
    const provider = await startMockUpstream(['m'])
    onTestFinished(() => provider.close())
    provider.script(alive, upstream.says('ok'))
    const first = await aTestApp()
    await first.client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    const { id } = await first.client.models.add({
      name: 'm',
      provider: null,
      apiBase: provider.url,
      temperature: null,
      strategy: 'round-robin',
    })
    await first.client.keys.add({ modelId: id, keys: [{ secret: dead }, { secret: alive }] })
    await ask(first.client, id)
    expect(provider.requests.map((request) => request.key)).toEqual([dead, alive])
    await first.app.close()

    const { client } = await aTestApp({ dataFolder: first.host.dataFolder })
    await client.vault.unlock({ passphrase: aPassphrase })
    expect((await client.models.list())[0]?.keys.map((key) => key.state.kind)).toEqual(['rejected', 'ready'])
    await ask(client, id)
    expect(provider.requests.map((request) => request.key)).toEqual([dead, alive, alive])
  })

  it('the vault may be locked and opened again without a key forgetting its state', async () => {
    const { client } = await aTestApp()
    const provider = await startMockUpstream(['m'])
    onTestFinished(() => provider.close())
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    const model = { name: 'm', provider: null, apiBase: provider.url, temperature: null, strategy: 'ordered' as const }
    const { id } = await client.models.add(model)
    await client.keys.add({ modelId: id, keys: [{ secret: dead }] })
    await ask(client, id)
    await client.vault.lock()
    await client.vault.unlock({ passphrase: aPassphrase })
    expect((await client.models.list())[0]?.keys[0]?.state.kind).toBe('rejected')
  })
})
