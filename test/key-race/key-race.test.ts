import { describe, expect, it, onTestFinished } from 'vitest'
import { KeyId } from '../../shared/identity.ts'
import type { KeyRaceInput, RaceCall, RaceEvent } from '../../shared/key-race.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { aQuickClock } from '../support/quick-clock.ts'
import { addModel, failureOf, type TestClient } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'

const secrets = ['sk-not-a-real-key-0001', 'sk-not-a-real-key-0002', 'sk-not-a-real-key-0003']

async function anApp(clock = systemClock) {
  const provider = await startMockUpstream(['scripted'])
  onTestFinished(() => provider.close())
  const { client, bugs } = await aTestApp({}, { clock })
  await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
  const { modelId, ids } = await addModel(client, secrets, { name: 'scripted', apiBase: provider.url })
  const input = (edit: Partial<KeyRaceInput> = {}): KeyRaceInput => ({
    modelId,
    keyIds: ids,
    prompt: 'count to three',
    rounds: 2,
    maxTokens: 50,
    ...edit,
  })
  return { client, bugs, provider, modelId, ids, input }
}

async function raced(client: TestClient, input: KeyRaceInput): Promise<RaceEvent[]> {
  const events: RaceEvent[] = []
  for await (const event of await client.playground.race(input)) events.push(event)
  return events
}

const callsIn = (events: readonly RaceEvent[]): RaceCall[] =>
  events.flatMap((event) => (event.kind === 'call' ? [event.call] : []))

describe('key against key', () => {
  it('asks each key so many times, one call of a key after the other, and says how each went', async () => {
    const { client, provider, ids, input } = await anApp()
    for (const secret of secrets) provider.script(secret, upstream.says('one ', 'two ', 'three'))
    const calls = callsIn(await raced(client, input()))
    expect(calls).toHaveLength(6)
    for (const id of ids) expect(calls.filter(({ keyId }) => keyId === id).map(({ round }) => round)).toEqual([1, 2])
    for (const call of calls) {
      expect(call).toMatchObject({ failure: null, outcome: { kind: 'served' } })
      expect(call.firstOutputMs).toBeLessThanOrEqual(call.durationMs!)
    }
    expect(provider.requests).toHaveLength(6)
  })

  it('pins every call to its key: one that fails fails alone, and nobody answers for it', async () => {
    const { client, provider, ids, input } = await anApp()
    provider.script(secrets[0]!, upstream.says('one'))
    provider.script(secrets[1]!, upstream.rejectsKey())
    provider.script(secrets[2]!, upstream.says('three'))
    const calls = callsIn(await raced(client, input({ rounds: 1 })))
    const kinds = Object.fromEntries(calls.map(({ keyId, outcome }) => [keyId, outcome?.kind]))
    expect(kinds).toEqual({ [ids[0]!]: 'served', [ids[1]!]: 'rejected', [ids[2]!]: 'served' })
  })

  it('does not count the time that a key rested, nor the call before it, and says that there were two', async () => {
    const { client, provider, ids, input } = await anApp(aQuickClock(20))
    provider.script(secrets[0]!, upstream.rateLimits(20), upstream.says('one ', 'two'))
    const [call] = callsIn(await raced(client, input({ rounds: 1, keyIds: [ids[0]!] })))
    expect(call).toMatchObject({ attempts: 2, failure: null })
    expect(call?.waitedMs).toBeGreaterThanOrEqual(19_000)
    expect(call?.durationMs).toBeLessThan(19_000)
  })

  it('stands in the journal as what the playground sent', async () => {
    const { client, provider, input } = await anApp()
    for (const secret of secrets) provider.script(secret, upstream.says('hello'))
    const calls = callsIn(await raced(client, input({ rounds: 1 })))
    const recent = await client.activity.recent({ limit: 10 })
    expect(recent.map(({ id, client: by }) => `${id} ${by}`).toSorted()).toEqual(
      calls.map(({ requestId }) => `${requestId} playground`).toSorted(),
    )
  })

  it('ends when whoever asked leaves, and asks no more', async () => {
    const { client, provider, input } = await anApp()
    for (const secret of secrets) provider.script(secret, upstream.stalls('so far'))
    const leaving = new AbortController()
    const race = await client.playground.race(input(), { signal: leaving.signal })
    const reading = (async () => {
      for await (const event of race) void event
    })()
    await provider.arrival(3)
    leaving.abort()
    await reading.catch(() => undefined)
    expect(await provider.requests[0]?.leftEarly).toBe(true)
    expect(provider.requests).toHaveLength(3)
  })

  it.each<[string, Partial<KeyRaceInput>]>([
    ['no key', { keyIds: [] }],
    ['no call', { rounds: 0 }],
    ['10,000 calls', { rounds: 10_000 }],
    ['half a call', { rounds: 1.5 }],
    ['an empty prompt', { prompt: '  ' }],
    [
      'more than 500 calls in all',
      { rounds: 100, keyIds: Array.from({ length: 6 }, (_, nth) => KeyId.parse(`k${nth}`)) },
    ],
  ])('is refused with %s', async (_what, edit) => {
    const { client, input } = await anApp()
    expect(await failureOf(raced(client, input(edit)))).toMatchObject({ code: 'BAD_REQUEST' })
  })

  it('names a key that is not there, and a vault that is locked', async () => {
    const { client, input } = await anApp()
    const gone = raced(client, input({ keyIds: [KeyId.parse('nobody')] }))
    expect(await failureOf(gone)).toMatchObject({ code: 'KEY_NOT_FOUND' })
    await client.vault.lock()
    expect(await failureOf(raced(client, input()))).toMatchObject({ code: 'VAULT_LOCKED' })
  })
})
