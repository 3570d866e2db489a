import { describe, expect, it } from 'vitest'
import { createJournal } from '../../electron/journal/journal.ts'
import { createJournalService, type Written } from '../../electron/journal/service.ts'
import type { WorkerLink } from '../../electron/journal/worker-link.ts'
import type { PackedBatch } from '../../electron/journal/batch.ts'
import { noFilter } from '../../shared/activity.ts'
import type { LiveEventInput } from '../../shared/live-event.ts'
import { aModelId, anAttemptEnded, anAttemptStarted, aRequestId } from '../support/events.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { aJournalPath } from './recording.ts'

const newest = { filter: noFilter, position: null, direction: 'older', limit: 100 } as const

/** A journal over a service in this thread, whose thread can be made to stand still, to fail or to die. */
function aJournal(capacity = 10) {
  const clock = new FakeClock()
  const service = createJournalService({ path: aJournalPath(), wallMs: clock.wallMs, nowMs: clock.nowMs })
  const batches: PackedBatch[] = []
  const thread = { failsWith: null as 'disk-full' | 'death' | null, stands: null as PromiseWithResolvers<void> | null }
  let changes = 0
  const worker: WorkerLink = {
    async ask(name, input) {
      await thread.stands?.promise
      if (thread.failsWith === 'death') throw new Error('gone')
      if (name !== 'write') return (service[name] as (input: unknown) => never)(input)
      if (thread.failsWith) return { ok: false, trouble: thread.failsWith } satisfies Written as never
      const batch = input as PackedBatch
      batches.push(batch)
      return service.write(batch) as never
    },
    close: async () => service.close(),
    end: () => Promise.resolve(),
  }
  const journal = createJournal({
    clock,
    worker,
    retention: () => ({ days: 30, attempts: 1_000_000 }),
    priceOf: () => null,
    keyLabelOf: () => 'acct-1',
    onChange: () => (changes += 1),
    limits: { requests: capacity, keyStates: capacity, requestsPerBatch: 2 },
  })
  let seq = 0
  const tell = (event: LiveEventInput) => journal.record({ ...event, seq: (seq += 1), atMs: clock.wallMs() })
  const start = (id: string) =>
    tell({
      kind: 'request-started',
      requestId: aRequestId(id),
      modelId: aModelId(),
      modelName: 'glm',
      client: 'test',
    })
  const end = (id: string) =>
    tell({
      kind: 'request-ended',
      requestId: aRequestId(id),
      modelId: aModelId(),
      result: 'served',
      attempts: 1,
      durationMs: 1,
      usage: null,
      failure: null,
    })
  const kept = async () => (await journal.ask('requests', newest)).requests.map(({ id, result }) => `${id} ${result}`)
  return { journal, clock, thread, batches, tell, start, end, kept, changes: () => changes }
}

const names = (count: number) => Array.from({ length: count }, (_, nth) => `r${nth + 1}`)

describe('recording', () => {
  it('gathers what happens within a tenth of a second into one batch, with the last state of each request', async () => {
    const { journal, clock, batches, tell, start, end } = aJournal()
    start('r1')
    tell({ ...anAttemptStarted(), requestId: aRequestId('r1') })
    tell({ ...anAttemptEnded(), requestId: aRequestId('r1') } as LiveEventInput)
    end('r1')
    start('r2')
    await clock.advance(99)
    expect(batches).toEqual([])
    await clock.advance(1)
    expect(batches).toHaveLength(1)
    const { requests } = await journal.ask('requests', newest)
    expect(requests.map(({ id, result, attempts }) => [id, result, attempts.length])).toEqual([
      ['r2', 'running', 0],
      ['r1', 'served', 1],
    ])
    expect(batches).toHaveLength(1)
  })

  it('is done before a question about it is answered', async () => {
    const { start, end, kept } = aJournal()
    start('r1')
    end('r1')
    expect(await kept()).toEqual(['r1 served'])
  })

  it('takes no longer while the thread stands still: what finds no room is counted, and told', async () => {
    const { journal, clock, thread, start, end, kept, changes } = aJournal(3)
    const stands = Promise.withResolvers<void>()
    thread.stands = stands
    start('r0')
    await clock.advance(100)
    for (const id of names(5)) start(id)
    for (const id of ['r0', ...names(5)]) end(id)
    await clock.advance(3_000)
    expect(await journal.status()).toMatchObject({ dropped: 2, trouble: 'stalled' })
    thread.stands = null
    stands.resolve()
    await clock.advance(1_000)
    // What had been let in is whole, what had not is nowhere.
    expect((await kept()).toSorted()).toEqual(['r0 served', 'r1 served', 'r2 served', 'r3 served'])
    expect(await journal.status()).toMatchObject({ dropped: 2, trouble: null, requests: 4 })
    expect(changes()).toBeGreaterThanOrEqual(0)
  })

  it('hands over again what could not be written, when the disk has room', async () => {
    const { journal, clock, thread, start, end, kept, changes } = aJournal()
    start('r1')
    await clock.advance(100)
    thread.failsWith = 'disk-full'
    end('r1')
    start('r2')
    await clock.advance(100)
    expect(await journal.status()).toMatchObject({ trouble: 'disk-full', dropped: 0 })
    expect(changes()).toBe(1)
    end('r2')
    await clock.advance(1_000)
    thread.failsWith = null
    await clock.advance(1_000)
    expect(await kept()).toEqual(['r2 served', 'r1 served'])
    expect(await journal.status()).toMatchObject({ trouble: null, dropped: 0 })
    expect(changes()).toBe(2)
  })

  it('survives the thread', async () => {
    const { journal, clock, thread, start, end, kept } = aJournal()
    thread.failsWith = 'death'
    start('r1')
    end('r1')
    await clock.advance(100)
    await expect(journal.ask('requests', newest)).rejects.toMatchObject({ code: 'JOURNAL_UNAVAILABLE' })
    expect(await journal.status()).toMatchObject({ trouble: 'write-failed' })
    thread.failsWith = null
    await clock.advance(1_000)
    expect(await kept()).toEqual(['r1 served'])
  })

  it('answers no question for ever', async () => {
    const { journal, clock, thread } = aJournal()
    thread.stands = Promise.withResolvers<void>()
    const asked = journal.ask('subjects', undefined).catch((error: unknown) => error)
    await clock.advance(10_000)
    expect(await asked).toMatchObject({ code: 'JOURNAL_UNAVAILABLE' })
  })

  it('writes what waits when it is closed, and does not wait for a thread that stands still', async () => {
    const calm = aJournal()
    calm.start('r1')
    await calm.journal.close()
    expect(calm.batches).toHaveLength(1)

    const stuck = aJournal()
    stuck.thread.stands = Promise.withResolvers<void>()
    stuck.start('r1')
    const closed = stuck.journal.close()
    await stuck.clock.advance(3_000)
    await closed
    expect(stuck.batches).toHaveLength(0)
  })
})
