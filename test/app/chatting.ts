import { onTestFinished } from 'vitest'
import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import type { RequestFailureCode } from '../../shared/request.ts'
import type * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'

export const secretOf = (number: number) => `sk-canary-of-the-account-${String(number).padStart(4, '0')}`

/** An application with one model at a scripted provider, and as many keys as there are scripts. */
export async function chatting(...scripts: [upstream.Answer, ...upstream.Answer[]][]) {
  const provider = await startMockUpstream(['glm-4.7'])
  onTestFinished(() => provider.close())
  const { client, bugs } = await aTestApp()
  await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
  const { id: modelId } = await client.models.add({
    name: 'glm-4.7',
    provider: 'openai',
    apiBase: provider.url,
    temperature: 0.3,
    strategy: 'round-robin',
  })
  for (const [index, script] of scripts.entries()) provider.script(secretOf(index + 1), ...script)
  const keys = scripts.map((_script, index) => ({ secret: secretOf(index + 1) }))
  const ids = keys.length > 0 ? (await client.keys.add({ modelId, keys })).ids : []
  const ask = (over: Partial<ChatInput> = {}, signal?: AbortSignal) =>
    client.playground.chat(
      {
        modelId,
        messages: [{ role: 'user', content: 'hello' }],
        keyId: null,
        parameters: {},
        ...over,
      },
      ...(signal ? [{ signal }] : []),
    )
  const chat = async (over: Partial<ChatInput> = {}) => told(await Array.fromAsync(await ask(over)))
  return { client, provider, modelId, ids, ask, chat, bugs }
}

/** What a person sees of a chat. */
export function told(events: ChatEvent[]) {
  const trail = new Map<number, string>()
  for (const event of events) {
    if (event.kind !== 'attempt') continue
    trail.set(event.attempt.number, `${event.attempt.keyLabel} ${event.attempt.outcome?.kind ?? 'running'}`)
  }
  const text = events.map((event) => (event.kind === 'text' ? event.text : '')).join('')
  return { text, trail: [...trail.values()], last: events.at(-1), all: JSON.stringify(events) }
}

export const codeOf = (last: ChatEvent | undefined): RequestFailureCode | undefined =>
  last?.kind === 'failed' ? last.failure.code : undefined
