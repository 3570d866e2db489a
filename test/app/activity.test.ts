import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { noFilter } from '../../shared/activity.ts'
import { says } from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { addModel, anOpenApp, say } from '../support/open-app.ts'
import { aTestApp } from '../support/test-app.ts'

const newest = { filter: noFilter, position: null, direction: 'older', limit: 50 } as const

/** An application whose simulator has answered so many messages. */
async function anAppThatAnswered(messages: number) {
  const started = await aTestApp()
  const { modelId } = await started.client.simulator.start()
  for (let nth = 0; nth < messages; nth += 1) {
    await Array.fromAsync(await started.client.playground.chat(say(modelId)))
  }
  return { ...started, modelId }
}

describe('the journal', () => {
  it('keeps each request with its attempts, and why each key was chosen', async () => {
    const { client, modelId } = await anAppThatAnswered(3)
    const recent = await client.activity.recent({ limit: 10 })
    const { requests } = await client.activity.requests(newest)
    expect(requests).toEqual(recent.map((request) => ({ ...request, position: expect.any(Number), costMicros: null })))
    const detail = await client.activity.request({ id: requests[0]!.id })
    expect(detail?.decisions.map(({ decision }) => decision)).toMatchObject([
      { keyId: requests[0]!.attempts[0]!.keyId, strategy: 'round-robin', rule: 'next-in-turn' },
      ...requests[0]!.attempts.slice(1).map(({ keyId }) => ({ keyId })),
    ])
    expect(detail?.headers).toContainEqual({
      number: 1,
      headers: [['x-request-id', expect.stringMatching(/^simulator-/)]],
    })
    expect(requests.every((request) => request.modelId === modelId)).toBe(true)
  })

  it('outlives the application', async () => {
    const first = await anAppThatAnswered(2)
    const { requests } = await first.client.activity.requests(newest)
    await first.app.close()
    const second = await aTestApp({ dataFolder: first.host.dataFolder })
    expect((await second.client.activity.requests(newest)).requests).toEqual(requests)
    expect(await second.client.activity.status()).toMatchObject({
      kept: 'file',
      dropped: 0,
      trouble: null,
      requests: 2,
    })
  })

  it.skipIf(process.platform === 'win32')('lies in the data folder, closed to other users', async () => {
    const { host, app } = await anAppThatAnswered(1)
    await app.close()
    expect(statSync(join(host.dataFolder, 'journal.db')).mode & 0o777).toBe(0o600)
  })

  it('knows what a request cost by the price that a person gave the model, as soon as it is given', async () => {
    const provider = await startMockUpstream(['glm-4.7'])
    onTestFinished(() => provider.close())
    const secret = 'sk-canary-of-the-price-00001'
    provider.script(secret, says('a', 'b', 'c'), says('a', 'b', 'c'))
    const { client } = await anOpenApp()
    const { modelId } = await addModel(client, [secret], { apiBase: provider.url })
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    // A question waits for what came before it to be written.
    await client.activity.status()
    await client.models.edit({
      id: modelId,
      edit: { price: { promptMicros: 1_000_000, completionMicros: 2_000_000 } },
      allowNewHost: false,
    })
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    const [after, before] = (await client.activity.requests(newest)).requests
    expect(before?.costMicros).toBeNull()
    expect(after?.costMicros).toBe(7 + 2 * 3)
    const window = { modelId: null, fromMs: after!.startedAtMs - 60_000, toMs: after!.startedAtMs + 60_000 }
    const { totals } = await client.activity.figures(window)
    expect(totals).toMatchObject({ finished: 2, served: 2, costMicros: after?.costMicros, unpriced: 1 })
  })

  it('keeps prompts and answers while that is switched on, and not before or after', async () => {
    const { client, modelId } = await anAppThatAnswered(1)
    await client.settings.set({ journalTexts: true })
    const secret = 'sk-canary-in-a-prompt-00001'
    await Array.fromAsync(
      await client.playground.chat({ ...say(modelId), messages: [{ role: 'user', content: `My key: ${secret}` }] }),
    )
    expect(await client.activity.status()).toMatchObject({ texts: 1 })
    await client.settings.set({ journalTexts: false })
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    const { requests } = await client.activity.requests(newest)
    const details = await Promise.all(requests.map(({ id }) => client.activity.request({ id })))
    expect(details.map((detail) => detail?.texts)).toEqual([
      null,
      {
        asked: { text: '[user]\nMy key: [key]', cut: false },
        answered: { text: expect.stringMatching(/\w/), cut: false },
      },
      null,
    ])
    await client.activity.forgetTexts()
    expect(await client.activity.status()).toMatchObject({ texts: 0, requests: 3 })
  })

  it('keeps no secret of the vault in a prompt or an answer, also one that does not look like a key', async () => {
    const provider = await startMockUpstream(['glm-4.7'])
    onTestFinished(() => provider.close())
    const [serving, odd] = ['sk-canary-of-the-price-00001', 'our-own-proxy-words']
    provider.script(serving, says('You said our-own-', 'proxy-words.'))
    const { client } = await anOpenApp()
    const { modelId } = await addModel(client, [serving], { apiBase: provider.url })
    await addModel(client, [odd], { name: 'another' })
    await client.settings.set({ journalTexts: true })
    const content = `What is ${odd} for?`
    await Array.fromAsync(await client.playground.chat({ ...say(modelId), messages: [{ role: 'user', content }] }))
    await client.activity.status()
    const [request] = (await client.activity.requests(newest)).requests
    expect((await client.activity.request({ id: request!.id }))?.texts).toMatchObject({
      asked: { text: '[user]\nWhat is [key] for?' },
      answered: { text: 'You said [key].' },
    })
  })

  it('keeps of what is sent beside a key, and of the password of a proxy, nothing that is quoted or echoed', async () => {
    const provider = await startMockUpstream(['glm-4.7'])
    onTestFinished(() => provider.close())
    const [serving, team, password] = [
      'sk-canary-of-the-echo-000001',
      'planted-for-a-team-0001',
      'buried-in-a-way-out-77',
    ]
    const app = await anOpenApp()
    const { client, host } = app
    const { modelId } = await addModel(client, [serving], { apiBase: provider.url })
    const headers = [
      { id: null, name: 'X-Team', value: team },
      { id: null, name: 'X-Title', value: 'My-App-1' },
    ]
    await client.models.edit({ id: modelId, edit: { headers }, allowNewHost: false })
    await client.network.set({ mode: 'off', url: 'http://proxy.example:3128', user: 'person', direct: [], password })
    await client.settings.set({ journalTexts: true })

    const ask = async (content: string) => {
      await Array.fromAsync(await client.playground.chat({ ...say(modelId), messages: [{ role: 'user', content }] }))
      await client.activity.status()
      const [request] = (await client.activity.requests(newest)).requests
      return (await client.activity.request({ id: request!.id }))?.texts
    }
    // In one piece, which is erased on its way, and in two, of which neither is a secret yet.
    provider.script(serving, says(`You sent ${team}.`))
    expect((await ask('hello'))?.answered?.text).toBe('You sent [key].')
    provider.script(
      serving,
      says('You sent planted-for-', 'a-team-0001 of My-App-1, through buried-', 'in-a-way-out-77.'),
    )
    expect((await ask('hello'))?.answered?.text).toBe('You sent [key] of My-App-1, through [key].')
    provider.script(serving, says('hello'))
    expect((await ask(`Is ${password} the same as ${team}?`))?.asked?.text).toBe('[user]\nIs [key] the same as [key]?')

    await client.vault.lock()
    await app.app.close()
    const files = readdirSync(host.dataFolder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      statSync(join(host.dataFolder, name)).isFile(),
    )
    const holds = (name: string, text: string) => readFileSync(join(host.dataFolder, name)).includes(text)
    expect(files.filter((name) => holds(name, 'My-App-1'))).not.toEqual([])
    expect(files.filter((name) => holds(name, 'a-team-0001') || holds(name, 'a-way-out-77'))).toEqual([])
  })

  it('is empty once it was cleared, and goes on', async () => {
    const { client, modelId } = await anAppThatAnswered(2)
    await client.activity.clear()
    expect((await client.activity.requests(newest)).requests).toEqual([])
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    expect((await client.activity.requests(newest)).requests).toHaveLength(1)
  })
})
