import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { KeySpec } from '../../electron/rotation/index.ts'
import { Pool } from '../../electron/rotation/pool.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { strategies, type Strategy } from '../../shared/model.ts'
import type { Outcome } from '../../electron/rotation/outcome.ts'
import { atMost, median, type Bench, type Figure } from './figure.ts'

/**
 * What a pick costs: lease with its decision record and report, as the gateway does for every attempt. Each figure is
 * the median of several runs; the smallest and the largest are its spread.
 */

const detail = { status: 200, providerCode: null, providerMessage: null, limits: null }
const served: Outcome = { ...detail, kind: 'served', promptTokens: 10, completionTokens: 10 }
const limited: Outcome = { ...detail, kind: 'rate-limited', status: 429, retryAfterMs: 3_600_000 }

const runs = 7

function specs(count: number): KeySpec[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `key-${index}`,
    label: `Key ${index}`,
    fingerprint: `fingerprint-${index}`,
    weight: 1 + (index % 5),
    paused: false,
  }))
}

function poolOf(keys: readonly KeySpec[], strategy: Strategy): Pool {
  const spec = { id: 'bench', model: 'bench', host: 'bench.test', strategy, keys }
  return new Pool(spec, { clock: systemClock, random: Math.random })
}

/** Lets 99 of 100 keys cool down, for announced times, so that no storm is suspected. */
function coolMost(pool: Pool, keys: readonly KeySpec[]): void {
  for (const [index, key] of keys.entries()) {
    const granted = index % 100 === 0 ? undefined : pool.leaseForTest(key.id)
    if (granted) pool.report(granted.lease, limited)
  }
}

/** The main thread's own time, because a machine that is busy with others says nothing about a pick. */
function threadMicroseconds(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

function picks(pool: Pool, count: number, conversation: string | undefined): number {
  const startUs = threadMicroseconds()
  for (let turn = 0; turn < count; turn += 1) {
    const answer = pool.lease({ attempt: 1, conversation })
    if (!answer.ok) throw new Error(`no key: ${answer.why}`)
    pool.report(answer.lease, served)
  }
  return (threadMicroseconds() - startUs) / count
}

/** The thread's time is counted in ticks, so a run takes many of them; finding that out warms up as well. */
function enoughPicks(pool: Pool, conversation: string | undefined): number {
  let count = 1_000
  while (picks(pool, count, conversation) * count < 40_000) count *= 2
  return count
}

/** Microseconds of each run. */
function pickCost(strategy: Strategy, keys: readonly KeySpec[], cooling: boolean): number[] {
  const pool = poolOf(keys, strategy)
  if (cooling) coolMost(pool, keys)
  const conversation = strategy === 'sticky' ? 'a conversation' : undefined
  const count = enoughPicks(pool, conversation)
  const cost = Array.from({ length: runs }, () => picks(pool, count, conversation))
  pool.dispose()
  return cost
}

const figure = (name: string, values: readonly number[], unit: string, limit: number) =>
  atMost(`rotation-${name}`, unit, limit, values)

function goalFor(strategy: Strategy, keyCount: number): number {
  if (strategy === 'round-robin') return keyCount <= 10 ? 1.5 : 4
  return strategy === 'sticky' && keyCount > 10 ? 50 : 10
}

/** Ten times the keys: sticky scores every usable key, everything else only climbs a taller tree. */
const goalOfGrowth = (strategy: Strategy) => (strategy === 'sticky' ? 15 : 4)

function pickFigures(strategy: Strategy): Figure[] {
  const large = pickCost(strategy, specs(10_000), false)
  const largest = pickCost(strategy, specs(100_000), false)
  const growth = largest.map((cost) => cost / median(large))
  return [
    figure(`${strategy}-pick-10-keys`, pickCost(strategy, specs(10), false), 'µs', goalFor(strategy, 10)),
    figure(`${strategy}-pick-10000-keys`, large, 'µs', goalFor(strategy, 10_000)),
    figure(
      `${strategy}-pick-99-percent-cooling`,
      pickCost(strategy, specs(10_000), true),
      'µs',
      goalFor(strategy, 10_000),
    ),
    figure(`${strategy}-growth-to-100000-keys`, growth, '×', goalOfGrowth(strategy)),
  ]
}

/** Keys with limits of their own cost more: each lease is spent, and headroom changes as minutes pass. */
function limitedPick(): Figure {
  const limits = { requestsPerMinute: 100_000, tokensPerMinute: 100_000_000, requestsPerDay: 10_000_000 }
  const keys = specs(10_000).map((key) => ({ ...key, limits }))
  return figure('most-headroom-pick-10000-limited-keys', pickCost('most-headroom', keys, false), 'µs', 10)
}

const collect = (() => {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
})()

/** Everything the process holds on to: the heap, and what typed arrays hold outside it. */
function heldBytes(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

const manyKeys = 100_000

function buildTime(): Figure {
  const keys = specs(manyKeys)
  const times = Array.from({ length: runs }, () => {
    collect()
    const startUs = threadMicroseconds()
    const pool = poolOf(keys, 'round-robin')
    const tookMs = (threadMicroseconds() - startUs) / 1_000
    pool.dispose()
    return tookMs
  })
  return figure('build-100000-keys', times, 'ms', 300)
}

/** After one served lease each, because the state of a key that was never used is not the state that counts. */
function bytesPerKey(): Figure[] {
  const before = heldBytes()
  const keys = specs(manyKeys)
  const withList = heldBytes()
  const pool = poolOf(keys, 'least-recently-used')
  picks(pool, manyKeys, undefined)
  const withPool = heldBytes()
  pool.dispose()
  return [
    figure('heap-per-key', [(withPool - withList) / manyKeys], 'bytes', 400),
    figure('heap-per-key-with-its-own-list', [(withPool - before) / manyKeys], 'bytes', 600),
  ]
}

function growthOfAMillionPicks(): Figure {
  const pool = poolOf(specs(1_000), 'round-robin')
  picks(pool, 100_000, undefined)
  const before = heldBytes()
  picks(pool, 1_000_000, undefined)
  const grownKiB = (heldBytes() - before) / 1_024
  pool.dispose()
  return figure('left-behind-by-1000000-picks', [grownKiB], 'KiB', 64)
}

export const figures: Bench = async function* () {
  for (const strategy of strategies) yield* pickFigures(strategy)
  yield limitedPick()
  yield buildTime()
  yield* bytesPerKey()
  yield growthOfAMillionPicks()
}
