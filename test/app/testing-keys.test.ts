import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ModelId } from '../../shared/identity.ts'
import type { KeyStanding } from '../../shared/key.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { chatting } from './chatting.ts'

describe('a test of one key', () => {
  it('brings a rejected key back when it passes', async () => {
    const { chat, client, provider, modelId } = await chatting([upstream.says('x')])
    const { ids } = await client.keys.add({ modelId, keys: [{ secret: 'sk-that-was-never-issued-0002' }] })
    const keyId = ids[0]!
    await chat({ keyId })
    const state = async () => (await client.models.list())[0]?.keys[1]?.state.kind
    expect(await state()).toBe('rejected')
    const test = () => client.keys.test({ modelId, id: keyId })
    expect(await test()).toMatchObject({ result: 'failed', failure: { code: 'keys_unavailable' } })
    provider.script('sk-that-was-never-issued-0002', upstream.says('issued now'))
    expect(await test()).toMatchObject({ result: 'served', client: 'key-test' })
    expect(await state()).toBe('ready')
  })

  it('falls back to one token where the provider has no list of models', async () => {
    const paths: string[] = []
    const answer = { choices: [{ message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }] }
    const server = createHttpServer((request, response) => {
      paths.push(`${request.method} ${request.url}`)
      const isChat = request.method === 'POST'
      response.writeHead(isChat ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isChat ? answer : { error: { message: 'not found' } }))
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void server.close())
    await new Promise((resolve) => server.once('listening', resolve))
    const { client, modelId, ids } = await chatting([upstream.says('x')])
    const apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    await client.models.edit({ id: modelId, edit: { apiBase }, allowNewHost: true })
    expect((await client.keys.test({ modelId, id: ids[0]! })).result).toBe('served')
    expect(paths).toEqual(['GET /v1/models', 'POST /v1/chat/completions'])
  })
})

describe('what serving changes of a model', () => {
  it('is told without the rest, and is what the whole list says', async () => {
    const { client, chat, modelId } = await chatting([upstream.says('x')], [upstream.rateLimits(60)])
    await chat()
    await chat()
    const [standing, ...others] = await client.models.standings({ ids: [modelId, ModelId.parse('gone')] })
    const [listed] = await client.models.list()
    expect(others).toEqual([])
    // The moment of a return is told by the wall clock, which may have been set in between.
    const kinds = (keys: readonly KeyStanding[]) => keys.map((key) => ({ ...key, state: key.state.kind }))
    expect(kinds(listed!.keys)).toMatchObject(kinds(standing!.keys))
    expect(listed).toMatchObject({ ...standing!, keys: expect.any(Array) as unknown })
    expect(standing!.keys.map(({ requests, served, state }) => [requests, served, state.kind])).toEqual([
      [2, 2, 'ready'],
      [1, 0, 'cooling'],
    ])
    expect(Object.keys(standing!.keys[0]!)).not.toContain('label')
  })
})
