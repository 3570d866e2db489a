import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyId, type ModelId } from '../../shared/identity.ts'
import type { Fault, Injected, Lasting } from '../../shared/rehearsal.ts'
import { addModel, failureOf, say, type TestClient } from '../support/open-app.ts'
import { aQuickClock } from '../support/quick-clock.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { onTestFinished } from 'vitest'

const secrets = ['sk-not-a-real-key-0001', 'sk-not-a-real-key-0002', 'sk-not-a-real-key-0003', 'sk-not-a-real-key-0004']

const plainKinds = [
  'rejected',
  'payment',
  'server-error',
  'overloaded',
  'reset',
  'cut',
  'stream-error',
  'garbage',
] as const

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.constantFrom<(typeof plainKinds)[number]>(...plainKinds).map((kind): Fault => ({ kind })),
  fc.record({
    kind: fc.constant('rate-limited' as const),
    retryAfterMs: fc.option(fc.integer({ min: 1_000, max: 5_000 })),
  }),
)
const lasts: fc.Arbitrary<Lasting> = fc.oneof(
  fc.record({ kind: fc.constant('calls' as const), calls: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('always' as const) }),
)
const act = fc.record({
  key: fc.option(fc.integer({ min: 0, max: 3 })),
  fault,
  lasts,
  sends: fc.integer({ min: 1, max: 2 }),
})

/** An application with four keys, of which a real attempt has exhausted one and another is cooling. */
async function anAppInUse(times = 60) {
  const provider = await startMockUpstream(['scripted'])
  onTestFinished(() => provider.close())
  const { client, app, host, bugs } = await aTestApp({}, { clock: aQuickClock(times) })
  await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
  const { modelId, ids } = await addModel(client, secrets, { name: 'scripted', apiBase: provider.url })
  provider.script(secrets[0]!, upstream.refuses(402))
  provider.script(secrets[1]!, upstream.rateLimits(3_600))
  provider.script(secrets[2]!, upstream.says('hello'))
  await drained(client.playground.chat(say(modelId)))
  return { client, app, host, bugs, provider, modelId, ids }
}

const drained = async (events: Promise<AsyncIterable<unknown>>) => {
  for await (const event of await events) void event
}

/** All that the engine says of the real keys; two readings of a clock that runs are some milliseconds apart. */
async function standing(client: TestClient): Promise<unknown> {
  return JSON.parse(JSON.stringify(await client.models.list(), nearly))
}

const nearly = (name: string, value: unknown): unknown =>
  (name === 'untilMs' || name === 'nextTestMs') && typeof value === 'number' ? Math.round(value / 600_000) : value

const kept = async (folder: string) => JSON.parse(await readFile(join(folder, 'rotation.json'), 'utf8')) as unknown

describe('a rehearsal', { timeout: 60_000 }, () => {
  it('leaves every real key, and what is kept of it, exactly as it was, whatever is played', async () => {
    const { client, provider, modelId, ids, bugs } = await anAppInUse()
    const before = await standing(client)
    const asked = provider.requests.length
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 3 }), fc.boolean(), async (acts, locks) => {
        await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
        for (const { key, sends, ...injected } of acts) {
          await client.rehearsal.inject({ ...injected, keyId: key === null ? null : ids[key]! })
          await client.rehearsal.send({ prompt: 'hello', count: sends })
          expect(await standing(client)).toEqual(before)
        }
        if (locks) await client.rehearsal.clear({ keyId: null })
        await client.rehearsal.end()
        expect(await standing(client)).toEqual(before)
      }),
      { numRuns: 12 },
    )
    expect(provider.requests).toHaveLength(asked)
    expect(bugs).toEqual([])
  })

  it('writes nothing into what the rotation remembers over a restart', async () => {
    const { client, app, host, modelId } = await anAppInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    await client.rehearsal.inject({ keyId: null, fault: { kind: 'payment' }, lasts: { kind: 'always' } })
    await client.rehearsal.send({ prompt: 'hello', count: 2 })
    await client.rehearsal.end()
    await app.close()
    const { models } = (await kept(host.dataFolder)) as { models: Record<string, { facts: { kind: string }[] }> }
    expect(models[modelId]!.facts.map(({ kind }) => kind).toSorted()).toEqual(['cooling', 'exhausted'])
  })

  it('begins with the keys as they stand', async () => {
    const { client, modelId } = await anAppInUse()
    const { rehearsal } = await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    expect(rehearsal?.keys.map(({ state }) => state.kind)).toEqual(['exhausted', 'cooling', 'ready', 'ready'])
  })

  it('lets go of every key that it put out when it ends', async () => {
    const { client, provider, modelId, ids } = await anAppInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    await inject(client, { keyId: ids[2]!, fault: { kind: 'rejected' }, lasts: { kind: 'always' } })
    await client.rehearsal.send({ prompt: 'hello', count: 1 })
    await client.rehearsal.end()
    provider.script(secrets[2]!, upstream.says('as ever'))
    expect(await textOf(client, modelId)).toBe('as ever')
  })
})

describe('a fault', { timeout: 60_000 }, () => {
  it('meets the next so many calls of its key, and no more', async () => {
    const { client, modelId, ids } = await anAppInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    await inject(client, { keyId: ids[2]!, fault: { kind: 'reset' }, lasts: { kind: 'calls', calls: 2 } })
    await client.rehearsal.send({ prompt: 'hello', count: 1 })
    const { rehearsal } = await client.rehearsal.status()
    const outcomes = rehearsal?.requests[0]?.attempts.map(({ keyId, outcome }) => [keyId, outcome?.kind])
    expect(outcomes).toEqual([
      [ids[2], 'upstream-failed'],
      [ids[2], 'upstream-failed'],
      [ids[2], 'served'],
    ])
    expect(rehearsal?.keys[2]).toMatchObject({ calls: 3, injection: null })
  })

  it('is over when its time is up', async () => {
    const { client, modelId, ids } = await anAppInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    await inject(client, {
      keyId: ids[3]!,
      fault: { kind: 'slow', delayMs: 3_000 },
      lasts: { kind: 'time', forMs: 1_000 },
    })
    await client.rehearsal.send({ prompt: 'hello', count: 2 })
    expect((await client.rehearsal.status()).rehearsal?.keys[3]?.injection).toBeNull()
  })

  it('goes before the provider, which is asked for what meets none where a person says so', async () => {
    const { client, modelId, provider } = await anAppInUse()
    provider.script(secrets[2]!, upstream.says('the provider'))
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    expect(await textOf(client, modelId)).toContain('rehearsal')
    await client.rehearsal.change({ answersHere: false, includesGateway: false })
    expect(await textOf(client, modelId)).toBe('the provider')
  })

  it('cannot be injected where no rehearsal is on, nor into a key that is not there', async () => {
    const { client, modelId } = await anAppInUse()
    const injected: Injected = { keyId: null, fault: { kind: 'reset' }, lasts: { kind: 'always' } }
    expect(await failureOf(client.rehearsal.inject(injected))).toMatchObject({ code: 'REHEARSAL_IS_OVER' })
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    const elsewhere = client.rehearsal.inject({ ...injected, keyId: KeyId.parse('nobody') })
    expect(await failureOf(elsewhere)).toMatchObject({ code: 'KEY_NOT_FOUND' })
  })

  it.each<[string, unknown]>([
    ['no calls', { kind: 'calls', calls: 0 }],
    ['10,000 calls', { kind: 'calls', calls: 10_000 }],
    ['more than an hour', { kind: 'time', forMs: 3_600_001 }],
    ['no time', { kind: 'time', forMs: 0 }],
  ])('is refused for %s', async (_what, lasting) => {
    const { client, modelId } = await anAppInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    const call = client.rehearsal.inject({ keyId: null, fault: { kind: 'reset' }, lasts: lasting as Lasting })
    expect(await failureOf(call)).toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('the requests of a rehearsal', { timeout: 60_000 }, () => {
  it('are in the journal under its name, and in none of the figures', async () => {
    const { client, modelId } = await anAppInUse(2)
    const figures = () =>
      client.activity.figures({ modelId, fromMs: Date.UTC(2025, 11, 31), toMs: Date.UTC(2026, 0, 2) })
    const before = (await figures()).totals
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    await drained(client.playground.chat(say(modelId)))
    await client.rehearsal.end()
    const filter = {
      modelId: null,
      keyId: null,
      client: 'rehearsal',
      result: null,
      outcome: null,
      text: '',
      fromMs: null,
      toMs: null,
    }
    const { requests } = await client.activity.requests({ filter, position: null, direction: 'older', limit: 10 })
    expect(requests).toHaveLength(1)
    expect((await figures()).totals).toEqual(before)
  })

  it('are cut when it ends, and when its model can no longer be seen', async () => {
    const { client, modelId } = await anAppInUse()
    await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    await client.rehearsal.inject({ keyId: null, fault: { kind: 'slow', delayMs: 60_000 }, lasts: { kind: 'always' } })
    const chat = drained(client.playground.chat(say(modelId)))
    await client.vault.lock()
    await chat
    expect(await client.rehearsal.status()).toEqual({ rehearsal: null, scenario: null })
    const begun = client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
    expect(await failureOf(begun)).toMatchObject({ code: 'VAULT_LOCKED' })
  })
})

const inject = (client: TestClient, injected: Injected) => client.rehearsal.inject(injected)

async function textOf(client: TestClient, modelId: ModelId): Promise<string> {
  let text = ''
  for await (const event of await client.playground.chat(say(modelId))) if (event.kind === 'text') text += event.text
  return text
}
