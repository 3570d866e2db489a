import { expect, it } from 'vitest'
import { LiveHistory } from '../../../renderer/app/live/history.ts'
import { createLanePast, type LaneWindow } from '../../../renderer/features/dashboard/lane-past.ts'
import type { LaneHistory } from '../../../shared/activity.ts'
import type { KeyId } from '../../../shared/identity.ts'
import type { RequestView } from '../../../shared/request.ts'
import { modelA, script } from '../live-events.ts'

const before = script({
  id: 'r1',
  startMs: 10_000,
  attempts: [{ key: 'a', kind: 'rate-limited', durationMs: 30 }],
}).view
const counted: LaneHistory = {
  fromMs: 0,
  stepMs: 10_000,
  keys: [
    {
      keyId: 'a' as KeyId,
      label: 'a',
      counts: [[1, 'rate-limited', 7]],
      states: [{ atMs: 10_030, state: { kind: 'cooling', untilMs: 20_000, announced: true } }],
    },
  ],
}

const windowOf = (fromMs: number, toMs: number, isLive: boolean): LaneWindow => ({
  modelId: modelA,
  scale: { fromMs, toMs, widthPx: 700 },
  isLive,
})

/** A page that was opened at 50 s, before a journal with one earlier request, or with more than can be listed. */
function aPage(journal: { requests: RequestView[]; cut: boolean } | null) {
  const history = new LiveHistory()
  history.backfill([], 50_000)
  const asked: string[] = []
  const waiting: (() => void)[] = []
  const answer = <T>(name: string, value: T) => {
    asked.push(name)
    return journal === null ? Promise.reject(new Error('no journal')) : Promise.resolve(value)
  }
  const past = createLanePast({
    history,
    attempts: () => answer('attempts', journal ?? { requests: [], cut: false }),
    lanes: () => answer('lanes', counted),
    wait: (task) => waiting.push(task),
  })
  /** Lets what was asked for be answered. */
  const settle = async () => {
    for (const task of waiting.splice(0)) task()
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
  return { history, past, asked, settle }
}

it('asks nothing of the journal for a time that the page itself has seen', async () => {
  const { past, asked, settle, history } = aPage({ requests: [], cut: false })
  expect(past.sourceOf(windowOf(50_000, 110_000, true))).toEqual({ ring: history.attempts, past: null })
  await settle()
  expect(asked).toEqual([])
})

it('puts single attempts of before in front of what the page has seen, with what they began', async () => {
  const { past, settle, history } = aPage({ requests: [before], cut: false })
  past.sourceOf(windowOf(0, 60_000, true))
  await settle()
  const { ring } = past.sourceOf(windowOf(0, 60_000, true))
  expect(ring).toBe(history.attempts)
  expect(ring.kind(ring.first)).toBe('rate-limited')
  expect(history.periods(modelA, 'a')).toMatchObject([{ fromMs: 10_030, outcome: { kind: 'rate-limited' } }])
})

it('takes counts where there are too many attempts to be told apart', async () => {
  const { past, settle } = aPage({ requests: [before], cut: true })
  past.sourceOf(windowOf(0, 60_000, true))
  await settle()
  expect(past.sourceOf(windowOf(1_000, 61_000, true)).past).toEqual({
    bucketMs: 10_000,
    untilMs: 50_000,
    counts: [{ key: 0, bucket: 1, kind: 'rate-limited', count: 7 }],
  })
})

it('shows a window of long ago by itself, without pretending to know what lies between', async () => {
  const { past, settle, history } = aPage({ requests: [before], cut: false })
  past.sourceOf(windowOf(0, 20_000, false))
  await settle()
  const { ring } = past.sourceOf(windowOf(0, 20_000, false))
  expect(ring).not.toBe(history.attempts)
  expect(ring.size).toBe(1)
  expect(history.heldFromMs(modelA)).toBe(50_000)
})

it('asks once for a window that stays the same, and again for another one', async () => {
  const { past, settle, asked } = aPage({ requests: [before], cut: true })
  for (let frame = 0; frame < 5; frame += 1) past.sourceOf(windowOf(frame, 60_000 + frame, true))
  await settle()
  past.sourceOf(windowOf(9, 60_009, true))
  await settle()
  expect(asked).toHaveLength(2)
  past.sourceOf(windowOf(0, 300_000, true))
  await settle()
  expect(asked).toHaveLength(4)
})

it('asks only for the window at which dragging came to rest', async () => {
  const { past, settle, asked } = aPage({ requests: [before], cut: false })
  past.sourceOf(windowOf(0, 20_000, false))
  past.sourceOf(windowOf(100, 20_100, false))
  await settle()
  expect(asked).toHaveLength(2)
})

it('draws what the page holds while there is no journal', async () => {
  const { past, settle, history, asked } = aPage(null)
  past.sourceOf(windowOf(0, 60_000, true))
  await settle()
  expect(past.sourceOf(windowOf(5, 60_005, true))).toEqual({ ring: history.attempts, past: null })
  await settle()
  expect(asked).toHaveLength(2)
})
