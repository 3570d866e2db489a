import { randomBytes } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import type { DemoScript } from '../../electron/simulator/demo-model.ts'
import type { Fault } from '../../electron/simulator/script.ts'
import { createSimulator, type SimulatorDeps } from '../../electron/simulator/simulator.ts'
import { createAttempt } from '../../electron/upstream/attempt.ts'
import { checkKey } from '../../electron/upstream/key-check.ts'
import { createUpstream } from '../../electron/upstream/upstream.ts'

async function aDemo(scripts: SimulatorDeps['scripts'] = {}) {
  const simulator = createSimulator({
    clock: systemClock,
    random: () => 0,
    randomBytes,
    scripts,
    pace: { wordDelayMs: 0, slowFirstByteMs: 0, limitedEvery: 2, quotaCalls: 1 },
  })
  await simulator.listen()
  const upstream = createUpstream({ clock: systemClock, resolveHost: simulator.resolveHost })
  onTestFinished(simulator.close)
  onTestFinished(upstream.close)
  const { apiBase, provider, upstreamModel: model, keys } = simulator.demoModel
  const target = { apiBase, provider, model }
  const secretOf = (script: string) => keys.find((key) => key.script === script)?.secret
  const signal = new AbortController().signal

  async function ask(script: DemoScript, stream: boolean) {
    const body = JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'Hello' }] })
    const headers = { 'content-type': 'application/json' }
    const attempt = createAttempt({
      upstream,
      request: {
        target,
        method: 'POST',
        path: '/chat/completions',
        headers,
        body,
        streaming: stream,
        expects: 'output',
      },
      secretOf,
      wallMs: () => 0,
    })
    const result = await attempt({ leaseId: 1, keyId: script, keyLabel: script, attempt: 1, probe: false }, signal)
    if (!result.committed) return result.outcome
    try {
      for await (const chunk of result.value.body) void chunk
    } catch {
      // A broken stream: `done` tells.
    }
    return result.done
  }

  const check = (script: DemoScript) =>
    checkKey({ upstream, target, secret: secretOf(script) ?? '', signal, wallMs: () => 0, proof: 'key' })

  return { ask, check }
}

const error = { message: 'Broken.', type: 'server_error', code: null }

describe.each([
  ['in one piece', false],
  ['as a stream', true],
])('the demo model through the real upstream, asked for %s', (_title, stream) => {
  it('tells its five stories', async () => {
    const { ask } = await aDemo()
    expect(await ask('fine', stream)).toMatchObject({ kind: 'served' })
    expect(await ask('slow', stream)).toMatchObject({ kind: 'served' })
    expect(await ask('rejected', stream)).toMatchObject({ kind: 'rejected', providerCode: 'invalid_api_key' })
    expect(await ask('limited', stream)).toMatchObject({ kind: 'served' })
    expect(await ask('limited', stream)).toMatchObject({ kind: 'rate-limited', retryAfterMs: 20_000 })
    expect(await ask('quota', stream)).toMatchObject({ kind: 'served' })
    expect(await ask('quota', stream)).toMatchObject({ kind: 'exhausted', providerCode: 'insufficient_quota' })
  })

  it.each<[string, Fault, object]>([
    ['500', { kind: 'status', status: 500, error }, { kind: 'upstream-failed', cause: 'status' }],
    ['529', { kind: 'status', status: 529, error }, { kind: 'upstream-failed', cause: 'status' }],
    ['a reset', { kind: 'reset', afterWords: null }, { kind: 'upstream-failed', cause: 'connection-lost' }],
    [
      'garbage',
      { kind: 'garbage', contentType: 'application/json', body: '{' },
      { kind: 'upstream-failed', cause: 'not-json' },
    ],
    ['a page', { kind: 'garbage', contentType: 'text/html', body: '<html></html>' }, { kind: 'address-blocked' }],
    [
      'an error inside a 200',
      { kind: 'stream-error', afterWords: null, error },
      { kind: 'upstream-failed', status: 200 },
    ],
  ])('rehearses %s', async (_fault, fault, outcome) => {
    const { ask } = await aDemo({ fine: [{ when: { kind: 'always' }, fault }] })
    expect(await ask('fine', stream)).toMatchObject(outcome)
  })
})

describe('the demo model', () => {
  it.each<[string, Fault, object]>([
    ['a reset', { kind: 'reset', afterWords: 3 }, { kind: 'broken-stream', cause: 'connection-lost' }],
    ['an error', { kind: 'stream-error', afterWords: 3, error }, { kind: 'broken-stream', cause: 'stream-error' }],
  ])('rehearses %s in the middle of a stream', async (_fault, fault, outcome) => {
    const { ask } = await aDemo({ fine: [{ when: { kind: 'always' }, fault }] })
    expect(await ask('fine', true)).toMatchObject(outcome)
  })

  it('passes the check of every key but the rejected one', async () => {
    const { check } = await aDemo()
    expect((await check('fine')).kind).toBe('served')
    expect((await check('quota')).kind).toBe('served')
    expect((await check('rejected')).kind).toBe('rejected')
  })
})
