import { setTimeout as delay } from 'node:timers/promises'
import { atMost, interleaved, median, spreadOf, type Bench, type Figure } from './figure.ts'
import { cpuMs, residentMegabytes, type Child } from './gateway/child.ts'
import { startContenders, startKeywheel, type Contender, type Contenders } from './gateway/contenders.ts'
import type { Measured, StreamsMeasured } from './gateway/load.ts'

/**
 * The gateway against the provider itself (the floor), against the least that this runtime can do (`reference`), and
 * against Portkey's. All of them take turns; client and provider are processes of their own. On a machine that does
 * other work as well, read the ratios. nginx, where it is installed, is there to see how far a proxy without any of
 * this gets on the machine.
 */

const rounds = 3

export const figures: Bench = async function* () {
  const contenders = await startContenders()
  try {
    await warmUp(contenders)
    yield* throughput(contenders)
    yield* openLoop(contenders)
    yield firstByte(contenders, await firstBytes(contenders))
    yield* manyStreams(contenders)
    yield* sickKey(contenders)
    yield await aborts(contenders)
    yield* costOfEvents(contenders)
    yield await memory(contenders)
  } finally {
    await contenders.stop()
  }
}

const atLeast = (name: string, unit: string, limit: number, values: readonly number[]): Figure => {
  return { name: `gateway ${name}`, value: median(values), unit, goal: { atLeast: limit }, spread: spreadOf(values) }
}
const noMore = (name: string, unit: string, limit: number, values: readonly number[]) =>
  atMost(`gateway ${name}`, unit, limit, values)

const closed = (load: Child, aim: Contender, requests: number) =>
  load.ask<Measured>('closedLoop', { ...aim, tokens: aim.tokens.slice(0, 1), concurrency: 16, requests })

/** Until V8 has compiled what it ever will: before, its compiler takes half as much of the machine as the requests. */
const warmRequests = 30_000

async function warmUp({ load, direct, reference, ours, portkey, nginx }: Contenders) {
  for (const aim of [direct, reference, ours]) await closed(load, aim, warmRequests)
  if (portkey) await closed(load, portkey, warmRequests / 10)
  if (nginx) await closed(load, nginx, 5_000)
}

/** A machine's moods last seconds: in each round those that are compared take turns this many times. */
const slices = 5

interface Spent {
  tookMs: number
  cpuMs: number
}

async function serve(load: Child, aim: Contender, requests: number): Promise<Spent> {
  const before = cpuMs(aim.pid)
  const { failed, tookMs } = await closed(load, aim, requests)
  if (failed > 0) throw new Error(`${failed} requests failed`)
  return { tookMs, cpuMs: cpuMs(aim.pid) - before }
}

/** How many times as fast as another the gateway answers, and how many times its processor it takes for it. */
async function compare(
  load: Child,
  [theirs, theirRequests]: [Contender, number],
  [ours, ourRequests]: [Contender, number],
) {
  const their: Spent = { tookMs: 0, cpuMs: 0 }
  const our: Spent = { tookMs: 0, cpuMs: 0 }
  for (let slice = 0; slice < slices; slice += 1) {
    add(their, await serve(load, theirs, theirRequests / slices))
    add(our, await serve(load, ours, ourRequests / slices))
  }
  const each = theirRequests / ourRequests
  return { speed: their.tookMs / our.tookMs / each, cpu: (our.cpuMs / their.cpuMs) * each }
}

function add(sum: Spent, { tookMs, cpuMs }: Spent): void {
  sum.tookMs += tookMs
  sum.cpuMs += cpuMs
}

async function* throughput({ load, reference, ours, portkey, nginx }: Contenders): AsyncGenerator<Figure> {
  const cpu: number[] = []
  const rates = await interleaved(rounds, {
    toReference: async () => {
      const measured = await compare(load, [reference, 15_000], [ours, 15_000])
      cpu.push(measured.cpu)
      return measured.speed
    },
    toPortkey: async () => (portkey ? (await compare(load, [portkey, 1_500], [ours, 10_000])).speed : Number.NaN),
    toNginx: async () => (nginx ? (await compare(load, [nginx, 15_000], [ours, 10_000])).speed : Number.NaN),
  })
  yield atLeast('throughput, 16 at once', '× reference', 0.75, rates.toReference)
  yield noMore('processor a request, 16 at once, all threads', '× reference', 1.33, cpu)
  yield atLeast('throughput, 16 at once', '× Portkey', 10, rates.toPortkey)
  if (nginx) yield atLeast('throughput, 16 at once', '× nginx', 0.35, rates.toNginx)
}

async function* openLoop({ load, direct, ours }: Contenders): AsyncGenerator<Figure> {
  const p50: number[] = []
  const p99: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const rate = { perSecond: 200, forMs: 8_000, seed: round + 1 }
    const floor = await load.ask<Measured>('openLoop', { ...direct, ...rate })
    const mine = await load.ask<Measured>('openLoop', { ...ours, ...rate, tokens: ours.tokens.slice(0, 1) })
    p50.push(mine.p50Ms - floor.p50Ms)
    p99.push(mine.p99Ms - floor.p99Ms)
  }
  yield noMore('added to the median, 200 requests a second', 'ms', 0.6, p50)
  yield noMore('added to the 99th percentile, 200 requests a second', 'ms', 3, p99)
}

const firstBytes = ({ load, direct, ours }: Contenders) => {
  const wait = (aim: Contender) => async () => {
    return (await load.ask<Measured>('firstBytes', { ...aim, concurrency: 1, requests: 300 })).p50Ms
  }
  return interleaved(rounds, { direct: wait(direct), ours: wait(ours) })
}

function firstByte(_: Contenders, { direct, ours }: Record<'direct' | 'ours', number[]>): Figure {
  return noMore(
    'added to the first byte of a stream',
    'ms',
    1,
    ours.map((value, round) => value - (direct[round] ?? 0)),
  )
}

async function* manyStreams({ load, ours }: Contenders): AsyncGenerator<Figure> {
  const wrong: number[] = []
  const delays: number[] = []
  const one = { ...ours, tokens: ours.tokens.slice(0, 1), streams: 200, chunks: 100, everyMs: 20 }
  for (let round = 0; round < rounds; round += 1) {
    const measured = await load.ask<StreamsMeasured>('streams', one)
    wrong.push(measured.wrongChunks + measured.failed)
    delays.push(measured.p99Ms)
  }
  yield noMore('chunks lost, doubled or out of order in 200 streams', 'chunks', 0, wrong)
  yield noMore('99th percentile of a chunk under way, 200 streams', 'ms', 25, delays)
  const crowd = { ...ours, streams: 1_000, chunks: 50, everyMs: 100 }
  const { served } = await load.ask<StreamsMeasured>('streams', crowd)
  yield atLeast('streams of 1,000 at once that complete', 'streams', 1_000, [served])
}

async function* sickKey({ load, ours, provider }: Contenders): AsyncGenerator<Figure> {
  const before = await provider.ask<{ sick: number }>('counts')
  const { failed } = await closed(load, { ...ours, model: 'sick-model' }, 6_000)
  const after = await provider.ask<{ sick: number }>('counts')
  yield noMore('failures of 6,000 requests with one sick key of three', 'requests', 0, [failed])
  yield noMore('hits on the sick key in 6,000 requests', 'requests', 15, [after.sick - before.sick])
}

async function aborts({ load, ours, provider }: Contenders): Promise<Figure> {
  const before = await provider.ask<{ cut: number }>('counts')
  await load.ask('leave', { ...ours, concurrency: 20, requests: 20 })
  await delay(250)
  const after = await provider.ask<{ cut: number }>('counts')
  return atLeast('answers cut at the provider 250 ms after 20 clients left', 'answers', 20, [after.cut - before.cut])
}

/** At a thousand requests a second: one and the same application with and without what is told of requests. */
async function* costOfEvents({ load, direct }: Contenders): AsyncGenerator<Figure> {
  const { keywheel, ours } = await startKeywheel(direct.port, true)
  await closed(load, ours, warmRequests)
  const second = async () => {
    const before = cpuMs(ours.pid)
    await load.ask('openLoop', { ...ours, tokens: ours.tokens.slice(0, 1), perSecond: 1_000, forMs: 1_000, seed: 1 })
    // What was told last is written a little later.
    await delay(500)
    return cpuMs(ours.pid) - before
  }
  const shares: number[] = []
  const watched: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const spentMs = { silent: 0, told: 0, watched: 0 }
    for (let slice = 0; slice < slices; slice += 1) {
      await keywheel.ask('tell', false)
      spentMs.silent += await second()
      await keywheel.ask('tell', true)
      spentMs.told += await second()
      await keywheel.ask('dashboard', true)
      spentMs.watched += await second()
      await keywheel.ask('dashboard', false)
    }
    shares.push((1 - spentMs.silent / spentMs.told) * 100)
    watched.push(spentMs.watched / spentMs.told)
  }
  await keywheel.stop()
  yield noMore('share of journal and events in a request', '%', 15, shares)
  yield noMore('processor with an open dashboard', '× without', 1.1, watched)
}

async function memory({ load, ours }: Contenders): Promise<Figure> {
  await delay(2_000)
  const before = residentMegabytes(ours.pid)
  await closed(load, ours, 100_000)
  await delay(3_000)
  return noMore('memory grown after 100,000 requests', 'MB', 32, [residentMegabytes(ours.pid) - before])
}
