import { randomBytes } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createStage } from '../../electron/rehearsal/stage.ts'
import { createAttempt } from '../../electron/upstream/attempt.ts'
import type { Upstream } from '../../electron/upstream/upstream.ts'
import type { UpstreamRequest } from '../../electron/upstream/wire-attempt.ts'
import type { Lease } from '../../electron/rotation/lease.ts'
import type { Outcome } from '../../electron/rotation/outcome.ts'
import type { Fault } from '../../shared/rehearsal.ts'
import { textOf } from '../support/gateway-in-process.ts'
import { aQuickClock } from '../support/quick-clock.ts'

const providers: [string, string][] = [
  ['openai', 'https://api.openai.com/v1'],
  ['azure', 'https://one.openai.azure.com/openai/v1'],
  ['anthropic', 'https://api.anthropic.com/v1'],
  ['gemini', 'https://generativelanguage.googleapis.com/v1beta/openai'],
  ['deepseek', 'https://api.deepseek.com/v1'],
  ['siliconflow', 'https://api.siliconflow.cn/v1'],
  ['zhipu', 'https://open.bigmodel.cn/api/paas/v4'],
  ['moonshot', 'https://api.moonshot.cn/v1'],
  ['openrouter', 'https://openrouter.ai/api/v1'],
  ['somebody', 'https://llm.example.com/v1'],
]

/** What the real classification makes of each fault. */
const meanings: [Fault, Partial<Outcome>][] = [
  [{ kind: 'rejected' }, { kind: 'rejected', status: 401 }],
  [{ kind: 'payment' }, { kind: 'exhausted', status: 402 }],
  [
    { kind: 'rate-limited', retryAfterMs: 20_000 },
    { kind: 'rate-limited', status: 429, retryAfterMs: 20_000 },
  ],
  [
    { kind: 'rate-limited', retryAfterMs: null },
    { kind: 'rate-limited', status: 429, retryAfterMs: null },
  ],
  [{ kind: 'server-error' }, { kind: 'upstream-failed', status: 500 }],
  [{ kind: 'overloaded' }, { kind: 'upstream-failed', status: 529 }],
  [{ kind: 'timeout' }, { kind: 'upstream-failed', cause: 'timeout', mayBeBilled: true }],
  [{ kind: 'reset' }, { kind: 'upstream-failed', cause: 'connection-lost' }],
  [{ kind: 'garbage' }, { kind: 'upstream-failed', cause: 'not-json' }],
  [{ kind: 'stream-error' }, { kind: 'upstream-failed', cause: 'stream-error' }],
]

const paths = ['/chat/completions', '/completions', '/messages', '/responses'] as const

function aStage() {
  const stage = createStage({ clock: aQuickClock(20), randomBytes })
  onTestFinished(() => stage.close())
  return stage
}

function asked(path: string, streaming: boolean, [provider, apiBase] = providers[0]!): UpstreamRequest {
  return {
    target: { apiBase, provider, model: 'a-model' },
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'a-model', stream: streaming, messages: [{ role: 'user', content: 'hello' }] }),
    streaming,
    expects: 'output',
  }
}

const aLease: Lease = { leaseId: 1, keyId: 'a', keyLabel: 'acct-1', attempt: 1, probe: false }

async function outcomeOf(fault: Fault | null, request: UpstreamRequest) {
  const stage = aStage()
  const upstream: Upstream = {
    attempt: (sent, _secret, signal) => stage.attempt(sent, { fault, keyLabel: 'acct-1' }, signal),
    close: async () => {},
  }
  const attempt = createAttempt({ upstream, request, secretOf: () => 'a-ticket', wallMs: Date.now })
  const result = await attempt(aLease, new AbortController().signal)
  if (!result.committed) return { outcome: result.outcome, text: '' }
  const text = await textOf(result.value.body).catch(() => 'cut off')
  return { outcome: await result.done, text }
}

describe.each(meanings)('the fault %j', (fault, meaning) => {
  it.each(providers)('is to %s what its own would be', async (...provider) => {
    expect((await outcomeOf(fault, asked('/chat/completions', true, provider))).outcome).toMatchObject(meaning)
  })

  it.each(paths)('is the same in a stream of %s', async (path) => {
    expect((await outcomeOf(fault, asked(path, true))).outcome).toMatchObject(meaning)
  })
})

describe('an answer of the stage', () => {
  it.each(paths)('is a whole one, and a stream, of %s, and names the key', async (path) => {
    for (const streaming of [true, false]) {
      const { outcome, text } = await outcomeOf(null, asked(path, streaming))
      expect(outcome).toMatchObject({ kind: 'served', status: 200 })
      expect(outcome).toHaveProperty('completionTokens', expect.any(Number))
      expect(text).toContain(streaming ? 'acct' : 'acct-1')
    }
  })

  it('is an embedding where one was asked for', async () => {
    expect((await outcomeOf(null, asked('/embeddings', false))).outcome).toMatchObject({ kind: 'served' })
  })

  it('is the fault of the caller where nobody could make one up', async () => {
    expect((await outcomeOf(null, asked('/audio/speech', false))).outcome).toMatchObject({ kind: 'caller-fault' })
  })

  it('that is cut keeps what had arrived, and is a broken stream', async () => {
    const { outcome, text } = await outcomeOf({ kind: 'cut' }, asked('/chat/completions', true))
    expect(outcome).toMatchObject({ kind: 'broken-stream', cause: 'connection-lost' })
    expect(text).toBe('cut off')
  })

  it('that is cut before it is whole is no answer', async () => {
    const { outcome } = await outcomeOf({ kind: 'cut' }, asked('/chat/completions', false))
    expect(outcome).toMatchObject({ kind: 'upstream-failed', cause: 'connection-lost' })
  })
})
