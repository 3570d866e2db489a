import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ChatEvent } from '../../shared/chat.ts'
import type { ModelId } from '../../shared/identity.ts'
import { importText, takingAll } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'

const guide = `# .env 文件
LLM_MODEL_CONFIGS='{
  "glm-4.7": {
    "api_key": ["sk-key1...", "sk-key2...", "sk-key3..."],
    "api_base": "https://open.bigmodel.cn/api/paas/v4",
    "temperature": 1.0,
    "provider": "openai"
  },
  "openai/deepseek-ai/DeepSeek-V3": {
    "api_key": ["sk-canary-of-siliconflow-0001", "sk-canary-of-siliconflow-0002"],
    "api_base": "https://api.siliconflow.cn/v1",
    "temperature": 1.0
  },
  "gpt-4o": {
    "api_key": "sk-openai-single-key...",
    "api_base": "https://api.openai.com/v1",
    "temperature": 0.7
  }
}'
`
const base64 = (text: string) => Buffer.from(text).toString('base64')

type TestClient = Awaited<ReturnType<typeof aTestApp>>['client']

async function chat(client: TestClient, modelId: ModelId, content = 'hello'): Promise<ChatEvent[]> {
  const input = {
    modelId,
    messages: [{ role: 'user' as const, content }],
    keyId: null,
    parameters: {},
  }
  const events: ChatEvent[] = []
  for await (const event of await client.playground.chat(input)) events.push(event)
  return events
}

const textOf = (events: ChatEvent[]) => events.map((event) => (event.kind === 'text' ? event.text : '')).join('')
const lastAttempts = (events: ChatEvent[]) => {
  const attempts = new Map<number, string | undefined>()
  for (const event of events) {
    if (event.kind === 'attempt') attempts.set(event.attempt.number, event.attempt.outcome?.kind)
  }
  return [...attempts.values()]
}

describe('first run', () => {
  it('answers a message through the simulator without a vault', async () => {
    const { client, bugs } = await aTestApp()
    expect(await client.vault.status()).toMatchObject({ state: 'none' })
    const { modelId } = await client.simulator.start()
    const events = await chat(client, modelId)
    expect(textOf(events)).not.toBe('')
    expect(events.at(-1)).toMatchObject({ kind: 'done' })
    expect(bugs).toEqual([])
  })

  it('moves to another key while the simulator fails one, and says so in the trail', async () => {
    const { client } = await aTestApp()
    const { modelId } = await client.simulator.start()
    const trails = []
    for (let message = 0; message < 5; message += 1) trails.push(lastAttempts(await chat(client, modelId)))
    expect(trails.flat()).toContain('rejected')
    expect(trails.every((trail) => trail.at(-1) === 'served')).toBe(true)
    const [model] = await client.models.list()
    expect(model?.keys.map((key) => key.state.kind)).toContain('rejected')
    expect((await client.activity.recent({ limit: 10 })).map((request) => request.result)).toEqual(
      Array(5).fill('served'),
    )
  })

  it("imports the guide's own example and keeps no secret in clear", async () => {
    const { client, host } = await aTestApp()
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    const preview = await client.transfer.preview({ base64: base64(guide) })
    expect(preview.models.map(({ name, change }) => [name, change])).toEqual([
      ['glm-4.7', 'added'],
      ['openai/deepseek-ai/DeepSeek-V3', 'added'],
      ['gpt-4o', 'added'],
    ])
    expect(await client.transfer.apply(takingAll(preview.id, preview.models))).toEqual({
      models: 3,
      keys: 6,
      removed: 0,
    })
    const models = await client.models.list()
    expect(models.map((model) => model.upstreamModel)).toEqual(['glm-4.7', 'deepseek-ai/DeepSeek-V3', 'gpt-4o'])
    expect(JSON.stringify(models)).not.toContain('canary')
    for (const file of await readdir(host.dataFolder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = await readFile(join(file.parentPath, file.name))
      for (const form of ['canary-of-siliconflow', base64('canary-of-siliconflow').slice(0, 20), 'sk-key1']) {
        expect(bytes.includes(form), `${form} in ${file.name}`).toBe(false)
      }
    }
  })

  it('finds everything again after a restart, once it is unlocked', async () => {
    const first = await aTestApp()
    await first.client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    await importText(first.client, guide, { names: ['gpt-4o'] })
    await first.app.close()
    const { client } = await aTestApp({ dataFolder: first.host.dataFolder })
    expect(await client.vault.status()).toMatchObject({ state: 'locked' })
    expect(await client.models.list()).toEqual([])
    await expect(client.vault.unlock({ passphrase: 'wrong horse battery' })).rejects.toMatchObject({
      code: 'WRONG_PASSPHRASE',
    })
    await client.vault.unlock({ passphrase: aPassphrase })
    expect((await client.models.list()).map((model) => model.name)).toEqual(['gpt-4o'])
  })
})

describe('what a person adds by hand', () => {
  it('needs a vault first', async () => {
    const { client } = await aTestApp()
    const model = {
      name: 'm',
      provider: null,
      apiBase: 'https://api.example.com/v1',
      temperature: null,
      strategy: 'round-robin' as const,
    }
    await expect(client.models.add(model)).rejects.toMatchObject({ code: 'VAULT_MISSING' })
  })

  it('shows a failure of the connection as what it is, with the attempts that were made', async () => {
    const { client } = await aTestApp()
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    const { id } = await client.models.add({
      name: 'nobody-home',
      provider: null,
      apiBase: 'http://127.0.0.1:9/v1',
      temperature: null,
      strategy: 'round-robin',
    })
    expect((await chat(client, id)).at(-1)).toMatchObject({ kind: 'failed', failure: { code: 'no_keys' } })
    await client.keys.add({ modelId: id, keys: [{ secret: 'sk-secret-number-0001' }] })
    const events = await chat(client, id)
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      failure: { code: 'connection_refused', host: '127.0.0.1:9' },
    })
    expect(lastAttempts(events).every((outcome) => outcome === 'upstream-failed')).toBe(true)
    const [request] = await client.activity.recent({ limit: 1 })
    expect(request?.attempts.length).toBeGreaterThan(0)
  })
})

describe('the simulator', () => {
  it('is one, however often and from however many pages it is started', async () => {
    const { client } = await aTestApp()
    const { simulator } = client
    await Promise.all([simulator.start(), simulator.start(), simulator.stop(), simulator.start(), simulator.start()])
    const models = await client.models.list()
    expect(models.map(({ keys }) => keys.length)).toEqual([5])
  })
})
