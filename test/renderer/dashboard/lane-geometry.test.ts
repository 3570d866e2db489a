import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AttemptRing } from '../../../renderer/app/live/attempt-ring.ts'
import type { KeyPeriod } from '../../../renderer/app/live/key-periods.ts'
import { LaneCells, type LanePast } from '../../../renderer/features/dashboard/lane-cells.ts'
import { barHeight, hitTest, layOut, type LaneMarks } from '../../../renderer/features/dashboard/lane-geometry.ts'
import { fitText, periodBars } from '../../../renderer/features/dashboard/lane-periods.ts'
import {
  rowCentre,
  ticksOf,
  timeAt,
  xOf,
  type RowsLayout,
  type TimeScale,
} from '../../../renderer/features/dashboard/lane-scale.ts'
import { anOutcome } from '../live-events.ts'
import type { OutcomeKind } from '../../../shared/outcome.ts'

const scale: TimeScale = { fromMs: 100_000, toMs: 160_000, widthPx: 600 }
const rowsOf = (count: number, more: Partial<RowsLayout> = {}): RowsLayout => ({
  rowOfKey: Int32Array.from({ length: count }, (_, index) => index),
  count,
  heightPx: 40,
  firstVisible: 0,
  lastVisible: count - 1,
  scrollPx: 0,
  ...more,
})

function ringOf(list: readonly { key: number; atMs: number; kind: OutcomeKind | null; after?: number }[]): AttemptRing {
  const ring = new AttemptRing()
  for (const { key, atMs, kind, after } of list) {
    const started = { requestId: 'r', key, number: 1, startedAtMs: atMs - 100, after: after ?? -1 }
    const ordinal = ring.start(started)
    if (kind !== null) ring.end(ordinal, atMs, anOutcome(kind))
  }
  return ring
}

/** As the lanes look when they have just been opened and stand still. */
function marksOf(ring: AttemptRing, window: TimeScale, rows: RowsLayout, past: LanePast | null = null): LaneMarks {
  return layOut(ring, window, rows, new LaneCells({ ring, scale: window, rows, isLive: false, past }))
}

describe('the scale of the lanes', () => {
  it('puts the past to the left and now at the right edge, and reads back the time of a place', () => {
    expect(xOf(scale, 100_000)).toBe(0)
    expect(xOf(scale, 160_000)).toBe(600)
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 160_000 }), (atMs) => {
        expect(timeAt(scale, xOf(scale, atMs))).toBeCloseTo(atMs, 3)
      }),
    )
  })

  it.each([1, 5, 15, 60, 360, 1_440].map((minutes) => minutes * 60_000))(
    'marks a window of %d ms at a few round times',
    (windowMs) => {
      const { atMs, stepMs } = ticksOf({ fromMs: 1_234, toMs: 1_234 + windowMs, widthPx: 600 })
      expect(atMs.length).toBeGreaterThanOrEqual(4)
      expect(atMs.length).toBeLessThanOrEqual(9)
      for (const tick of atMs) expect(tick % stepMs).toBe(0)
    },
  )
})

describe('the marks of the lanes', () => {
  it('show each attempt where it ended, with a tail from where it began', () => {
    const { attempts } = marksOf(ringOf([{ key: 1, atMs: 130_000, kind: 'served' }]), scale, rowsOf(2))
    expect(attempts).toEqual([{ ordinal: 0, row: 1, x: 300, fromX: 299, kind: 'served' }])
  })

  it('let a running attempt reach to now', () => {
    const { attempts } = marksOf(ringOf([{ key: 0, atMs: 130_100, kind: null }]), scale, rowsOf(1))
    expect(attempts).toEqual([{ ordinal: 0, row: 0, x: 600, fromX: 300, kind: null }])
  })

  it('draw a curve from a failure into the line of the attempt that took over, in the colour of the failure', () => {
    const ring = ringOf([
      { key: 0, atMs: 130_000, kind: 'rate-limited' },
      { key: 2, atMs: 130_600, kind: 'served', after: 0 },
    ])
    expect(marksOf(ring, scale, rowsOf(3)).curves).toEqual([
      { fromRow: 0, fromX: 300, toRow: 2, toX: 305, untilX: 306, kind: 'rate-limited' },
    ])
  })

  it('draw no curve for a second try with the same key', () => {
    const ring = ringOf([
      { key: 0, atMs: 130_000, kind: 'upstream-failed' },
      { key: 0, atMs: 130_600, kind: 'served', after: 0 },
    ])
    expect(marksOf(ring, scale, rowsOf(1)).curves).toEqual([])
  })

  it('show nothing of other models, of before the window, or of after a paused moment', () => {
    const ring = ringOf([
      { key: 5, atMs: 130_000, kind: 'served' },
      { key: 0, atMs: 99_000, kind: 'served' },
      { key: 0, atMs: 161_000, kind: 'served' },
    ])
    expect(marksOf(ring, scale, rowsOf(1))).toEqual({ attempts: [], bars: [], curves: [] })
  })

  const some = fc.array(
    fc.record({
      key: fc.nat({ max: 2 }),
      atMs: fc.integer({ min: 90_000, max: 170_000 }),
      kind: fc.constantFrom<OutcomeKind>('served', 'served', 'served', 'rejected'),
    }),
    { maxLength: 400 },
  )

  it('account for every attempt in the window once, as a dot or in a bar that counts it', () => {
    fc.assert(
      fc.property(some, (list) => {
        const { attempts, bars } = marksOf(ringOf(list), scale, rowsOf(3))
        const dots = attempts.filter((mark) => mark.kind !== null)
        const inBar = list.filter(({ key, atMs, kind }) => {
          const bar = bars.find(({ row, fromMs, toMs }) => row === key && atMs >= fromMs && atMs < toMs)
          return atMs <= scale.toMs && (kind === 'served' ? bar?.served : bar?.failed)
        })
        const counted = bars.reduce((sum, bar) => sum + bar.served + bar.failed, 0)
        expect(counted).toBe(inBar.length)
        const seen = inBar.filter(({ atMs }) => atMs >= scale.fromMs).length + dots.length
        expect(seen).toBe(list.filter(({ atMs }) => atMs >= scale.fromMs && atMs <= scale.toMs).length)
      }),
      { numRuns: 50 },
    )
  })

  it('are the same for lanes that were followed as for lanes that were just opened', () => {
    fc.assert(
      fc.property(some, fc.nat(), (list, cut) => {
        const sorted = list.toSorted((a, b) => a.atMs - b.atMs)
        const seen = sorted.slice(0, cut % (sorted.length + 1))
        const ring = ringOf(seen)
        const rows = rowsOf(3)
        const live = { ring, rows, isLive: true, past: null }
        const followed = new LaneCells({ ...live, scale: { ...scale, fromMs: 85_000, toMs: 145_000 } })
        for (const { key, atMs, kind } of sorted.slice(seen.length)) {
          const started = { requestId: 'r', key, number: 1, startedAtMs: atMs - 100, after: -1 }
          ring.end(ring.start(started), atMs, anOutcome(kind))
        }
        expect(followed.catchUp()).toBe(true)
        const window = { ...scale, fromMs: 115_000, toMs: 175_000 }
        const opened = new LaneCells({ ...live, scale: window })
        expect(layOut(ring, window, rows, followed)).toEqual(layOut(ring, window, rows, opened))
      }),
      { numRuns: 50 },
    )
  })

  it('know when so much ended that it can no longer be followed', () => {
    const ring = new AttemptRing(4)
    const cells = new LaneCells({ ring, scale, rows: rowsOf(1), isLive: true, past: null })
    for (let index = 0; index < 5; index += 1) {
      const started = { requestId: 'r', key: 0, number: 1, startedAtMs: 130_000, after: -1 }
      ring.end(ring.start(started), 130_000 + index, anOutcome('served'))
    }
    expect(cells.catchUp()).toBe(false)
  })

  it('count what the journal told of before, and single attempts from where they are held', () => {
    const ring = ringOf([
      { key: 0, atMs: 119_000, kind: 'served' },
      { key: 0, atMs: 125_000, kind: 'rejected' },
    ])
    const past: LanePast = {
      bucketMs: 10_000,
      untilMs: 121_000,
      counts: [
        { key: 0, bucket: 11, kind: 'served', count: 40 },
        { key: 0, bucket: 11, kind: 'rejected', count: 1 },
        // Begun before the attempts were held: those are counted one by one, and not twice.
        { key: 0, bucket: 12, kind: 'rejected', count: 1 },
      ],
    }
    const { attempts, bars } = marksOf(ring, scale, rowsOf(1), past)
    expect(bars).toMatchObject([{ fromMs: 110_000, toMs: 120_000, served: 40, failed: 1, failedKind: 'rejected' }])
    expect(attempts.map(({ ordinal, kind }) => [ordinal, kind])).toEqual([[1, 'rejected']])
  })

  it('merge what stands too close, and keep what is merged the same while time flows', () => {
    const list = Array.from({ length: 50 }, (_, index) => ({
      key: 0,
      atMs: 130_000 + index * 10,
      kind: 'served' as const,
    }))
    const ring = ringOf(list)
    const edges = (shiftMs: number) =>
      marksOf(ring, { ...scale, fromMs: scale.fromMs + shiftMs, toMs: scale.toMs + shiftMs }, rowsOf(1)).bars.map(
        ({ fromMs, served }) => [fromMs, served],
      )
    expect(edges(0).length).toBeGreaterThan(0)
    expect(edges(0)).toEqual(edges(37))
  })

  it('draw one curve for many merged failures that went the same way', () => {
    const list = Array.from({ length: 20 }, (_, index) => [
      { key: 0, atMs: 130_000 + index, kind: 'rate-limited' as const },
      { key: 1, atMs: 130_200 + index, kind: 'served' as const, after: index * 2 },
    ]).flat()
    const { curves } = marksOf(ringOf(list), scale, rowsOf(2))
    expect(curves.length).toBeLessThanOrEqual(2)
    expect(curves.length).toBeGreaterThan(0)
  })

  it('leave out rows that are scrolled away, but not a curve that comes out of them', () => {
    const ring = ringOf([
      { key: 90, atMs: 130_000, kind: 'rejected' },
      { key: 1, atMs: 130_600, kind: 'served', after: 0 },
    ])
    const { attempts, curves } = marksOf(ring, scale, rowsOf(100, { lastVisible: 9 }))
    expect(attempts.map((mark) => mark.row)).toEqual([1])
    expect(curves).toHaveLength(1)
  })

  it('never let a bar touch the next lane', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), (count) => {
        expect(barHeight(count, 40)).toBeLessThanOrEqual(30)
        expect(barHeight(count, 40)).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the hit test', () => {
  const rows = rowsOf(2)
  const ring = ringOf([
    { key: 0, atMs: 130_000, kind: 'served' },
    { key: 0, atMs: 131_000, kind: 'rejected' },
    ...Array.from({ length: 30 }, (_, index) => ({ key: 1, atMs: 130_000 + index * 10, kind: 'served' as const })),
  ])
  const marks = marksOf(ring, scale, rows)

  it('finds the nearest of two attempts', () => {
    expect(hitTest(marks, rows, 303, rowCentre(rows, 0))).toMatchObject({ kind: 'attempt', mark: { ordinal: 0 } })
    expect(hitTest(marks, rows, 307, rowCentre(rows, 0) + 3)).toMatchObject({ kind: 'attempt', mark: { ordinal: 1 } })
  })

  it('finds the bar where attempts are merged', () => {
    expect(hitTest(marks, rows, 302, rowCentre(rows, 1))).toMatchObject({ kind: 'bar', mark: { row: 1 } })
  })

  it('finds nothing in an empty place', () => {
    expect(hitTest(marks, rows, 500, rowCentre(rows, 0))).toBeNull()
  })
})

describe('the bar of a cooldown', () => {
  const outcome = anOutcome('rate-limited')
  const cooling = (fromMs: number, toMs: number | null, untilMs: number): KeyPeriod => ({
    state: { kind: 'cooling', untilMs, announced: true },
    fromMs,
    toMs,
    outcome,
  })

  it('reaches from the failure to the return of the key', () => {
    expect(periodBars(0, [cooling(110_000, 130_000, 130_000)], scale)).toMatchObject([{ x: 100, widthPx: 200 }])
  })

  it('grows up to now while it lasts, and no further than its announced end', () => {
    expect(periodBars(0, [cooling(110_000, null, 999_000)], scale)).toMatchObject([{ x: 100, widthPx: 500 }])
    expect(periodBars(0, [cooling(110_000, null, 140_000)], scale)).toMatchObject([{ x: 100, widthPx: 300 }])
  })

  it('begins at the left edge when it began before the window', () => {
    expect(periodBars(0, [cooling(-Infinity, null, 999_000)], scale)).toMatchObject([{ x: 0, widthPx: 600 }])
    expect(periodBars(0, [cooling(10_000, 20_000, 20_000)], scale)).toEqual([])
  })

  it('carries as much of its text as fits, and none rather than two letters', () => {
    const width = (text: string) => text.length * 6
    expect(fitText('429 · retry-after 20 s', 200, width)).toBe('429 · retry-after 20 s')
    expect(fitText('429 · retry-after 20 s', 66, width)).toBe('429 · retr…')
    expect(fitText('429 · retry-after 20 s', 14, width)).toBe('')
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 300 }), (text, maxPx) => {
        expect(width(fitText(text, maxPx, width))).toBeLessThanOrEqual(Math.max(0, maxPx))
      }),
    )
  })
})
