import { describe, expect, it, onTestFinished } from 'vitest'
import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import type { ModelId, RequestId } from '../../shared/identity.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { anOpenApp } from '../support/open-app.ts'

/** Models at scripted providers, one key each; the first one falls back on the others. */
async function someModels(...answers: upstream.Answer[]) {
  const { client } = await anOpenApp()
  const ids: ModelId[] = []
  for (const [index, answer] of answers.entries()) {
    const name = `model-${index}`
    const provider = await startMockUpstream([name])
    onTestFinished(() => provider.close())
    const secret = `sk-of-the-scripted-provider-number-${index}`
    provider.script(secret, answer)
    const { id } = await client.models.add({
      name,
      provider: 'openai',
      apiBase: provider.url,
      temperature: 0.3,
      strategy: 'round-robin',
    })
    await client.keys.add({ modelId: id, keys: [{ secret }] })
    ids.push(id)
  }
  const [modelId, ...fallbacks] = ids as [ModelId, ...ModelId[]]
  if (fallbacks.length > 0) await client.models.edit({ id: modelId, edit: { fallbacks }, allowNewHost: false })
  const input: ChatInput = { modelId, messages: [{ role: 'user', content: 'hi' }], keyId: null, parameters: {} }
  return { client, ids, input }
}

const attemptsOf = (events: ChatEvent[]) => events.filter((event) => event.kind === 'attempt')

describe('an answer that is not whole', () => {
  it('says what was seen of it when it broke off', async () => {
    const { client, input } = await someModels(upstream.resets('Half an ', 'answer'))
    const events = await Array.fromAsync(await client.playground.chat(input))
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',

      end: { usage: { estimated: true }, durationMs: expect.any(Number) as number },
    })
  })

  it('says what was seen of it after it was stopped', async () => {
    const { client, input } = await someModels(upstream.stalls('a', 'b'))
    const leaving = new AbortController()
    let requestId = '' as RequestId
    const listen = async () => {
      for await (const event of await client.playground.chat(input, { signal: leaving.signal })) {
        if (event.kind === 'started') requestId = event.requestId
        if (event.kind === 'text') leaving.abort()
      }
    }
    await listen().catch(() => undefined)
    expect(await client.playground.ending({ requestId })).toMatchObject({
      usage: { estimated: true },
      durationMs: expect.any(Number) as number,
    })
  })

  it('came to nothing where it never began, or is long forgotten', async () => {
    const { client, input } = await someModels(upstream.says('x'))
    expect(await client.playground.ending({ requestId: 'req-unknown' })).toBeNull()
    const [started, ...others] = await Array.fromAsync(await client.playground.chat({ ...input, modelId: 'gone' }))
    expect(others).toEqual([expect.objectContaining({ kind: 'failed' })])
    const requestId = started?.kind === 'started' ? started.requestId : ('' as RequestId)
    expect(await client.playground.ending({ requestId })).toBeNull()
  })
})

describe('an answer of a stand-in', () => {
  it('names the model that gave it, and not while the one that was asked is tried', async () => {
    const { client, input, ids } = await someModels(upstream.outOfQuota(), upstream.says('from another'))
    const events = await Array.fromAsync(await client.playground.chat(input))
    const attempts = attemptsOf(events)
    expect(attempts[0]?.standIn).toBeUndefined()
    expect(attempts.at(-1)?.standIn).toEqual({ modelId: ids[1], modelName: 'model-1' })
    expect(events.at(-1)?.kind).toBe('done')
  })
})
