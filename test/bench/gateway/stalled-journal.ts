import { atMost, interleaved, median, spreadOf, type Figure } from '../figure.ts'
import { startKeywheel } from './contenders.ts'
import { cpuMs, startChild } from './child.ts'
import type { Measured } from './load.ts'

const rounds = 3
const requests = 8_000

/** What the gateway still does while its journal cannot write a row: another connection holds the file's lock. */
export async function throughputWhileStalled(): Promise<Figure[]> {
  const provider = startChild('provider.ts')
  const { keywheel, ours } = await startKeywheel(await provider.ask<number>('port'))
  const load = startChild('load.ts')
  const mainMs = { free: [] as number[], stalled: [] as number[] }
  const rate = async (isStalled: boolean) => {
    await keywheel.ask('lockJournal', isStalled)
    const before = cpuMs(ours.pid, 'main')
    const aim = { ...ours, tokens: ours.tokens.slice(0, 1), concurrency: 16, requests }
    const { served, failed, tookMs } = await load.ask<Measured>('closedLoop', aim)
    mainMs[isStalled ? 'stalled' : 'free'].push(cpuMs(ours.pid, 'main') - before)
    await keywheel.ask('lockJournal', false)
    if (failed > 0) throw new Error(`${failed} requests failed`)
    return (served * 1_000) / tookMs
  }
  try {
    await rate(false)
    mainMs.free.length = 0
    const { free, stalled } = await interleaved(rounds, { free: () => rate(false), stalled: () => rate(true) })
    const ratios = stalled.map((perSecond, round) => perSecond / free[round]!)
    const dropped = await keywheel.ask<number>('journalDropped')
    return [
      {
        name: 'journal-gateway-while-it-stands-still',
        value: median(ratios),
        unit: '× the rate while it writes',
        goal: { atLeast: 0.95 },
        spread: spreadOf(ratios),
      },
      atMost(
        'journal-gateway-main-while-it-stands-still',
        '× the processor while it writes',
        1.05,
        mainMs.stalled.map((ms, round) => ms / mainMs.free[round]!),
      ),
      atMost('journal-dropped-while-it-stood-still', 'requests', 0, [dropped]),
    ]
  } finally {
    await Promise.all([load, keywheel, provider].map((child) => child.stop()))
  }
}
