import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeOfKey,
  dayOf,
  draftOfKey,
  endOfDayMs,
  undoOf,
  type KeyDraft,
} from '../../../renderer/features/models/key-draft.ts'
import { labelsFrom } from '../../../renderer/features/models/label-pattern.ts'
import { fieldOf, laterMoment, tomorrow } from '../../../renderer/features/models/pause-times.ts'
import { KeyChange, noLimits, type KeyView } from '../../../shared/key.ts'
import { aKey } from '../support/views.ts'

const limited = { ...noLimits, requestsPerMinute: 60 }
const key = aKey('k', {
  account: 'team',
  limits: limited,
  tags: ['a'],
  note: 'n',
  expiresAtMs: endOfDayMs('2030-01-31'),
})
const changed = (edit: Partial<KeyDraft>) => changeOfKey({ ...draftOfKey(key), ...edit }, key)

describe('the form of a key', () => {
  it('changes nothing when it is saved as it was opened', () => {
    expect(changed({})).toEqual({})
  })

  it.each([
    [{ label: 'other' }, { label: 'other' }],
    [{ weight: '7' }, { weight: 7 }],
    [{ account: '' }, { account: '' }],
    [{ lastDay: '' }, { expiresAtMs: null }],
    [{ tags: ['a', 'b'] }, { tags: ['a', 'b'] }],
    [{ note: '' }, { note: '' }],
  ] as const)('sends only what was edited: %o', (edit, change) => {
    expect(changed(edit)).toEqual(change)
  })

  it('sends all limits when one was edited, empty ones as none', () => {
    const limits = { requestsPerMinute: '', tokensPerMinute: '', requestsPerDay: '100', concurrency: '' }
    expect(changed({ limits })).toEqual({ limits: { ...noLimits, requestsPerDay: 100 } })
  })

  it.each(['many', '1,5', '-', '12 per minute', 'Infinity', '1e400'])(
    'leaves it to main to refuse the limit "%s"',
    (text) => {
      const limits = { ...draftOfKey(key).limits, concurrency: text }
      const result = KeyChange.safeParse(changed({ limits }))
      expect(result.error?.issues[0]).toMatchObject({ path: ['limits', 'concurrency'], message: 'limit_range' })
    },
  )

  it('leaves it to main to refuse a weight that is no number', () => {
    expect(KeyChange.safeParse(changed({ weight: '' })).error?.issues[0]?.message).toBe('weight_range')
  })

  it('can be undone: the change back gives the key as it was', () => {
    const edits = fc.record<KeyDraft>({
      label: fc.constantFrom('k', 'new'),
      weight: fc.constantFrom('1', '5'),
      account: fc.constantFrom('team', '', 'other'),
      lastDay: fc.constantFrom('', '2030-01-31', '2031-12-31'),
      note: fc.constantFrom('n', ''),
      tags: fc.constantFrom(['a'], [], ['a', 'b']),
      limits: fc.constant(draftOfKey(key).limits),
    })
    fc.assert(
      fc.property(edits, (draft) => {
        const change = changeOfKey(draft, key)
        const after = { ...key, ...change } as KeyView
        expect({ ...after, ...undoOf(change, key) }).toEqual(key)
      }),
    )
  })
})

describe('the last day of a key', () => {
  it('ends with its last millisecond, and is the day that was written', () => {
    const days = fc.date({ min: new Date(2000, 0, 1), max: new Date(2200, 0, 1), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const day = dayOf(date.getTime())
        const end = endOfDayMs(day)
        expect(end).toBeGreaterThanOrEqual(date.getTime())
        expect(dayOf(end)).toBe(day)
        expect(dayOf(end + 1)).not.toBe(day)
      }),
    )
  })

  it.each(['2026-02-30', '2026-13-01', 'tomorrow', '2026-1-1'])('is none of the calendar: %s', (day) => {
    expect(endOfDayMs(day)).toBeNaN()
  })
})

describe('a pattern of labels', () => {
  it.each([
    ['team-#', 3, ['team-1', 'team-2', 'team-3']],
    ['k##', 2, ['k01', 'k02']],
    ['lab', 2, ['lab-1', 'lab-2']],
    ['lab', 1, ['lab']],
  ])('makes of %s for %i keys', (pattern, count, labels) => {
    expect(labelsFrom(pattern, count)).toEqual(labels)
  })

  it('never gives two keys the same label', () => {
    const texts = fc.string({ minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 200 }), (pattern, count) => {
        expect(new Set(labelsFrom(pattern, count)).size).toBe(count)
      }),
    )
  })
})

describe('the time that a pause ends', () => {
  it('is read from the field as it was written there, to the minute', () => {
    const noonMs = new Date(2026, 5, 1, 12).getTime()
    const later = noonMs + 90 * 60_000
    expect(laterMoment(fieldOf(later), noonMs)).toBe(later)
    expect(fieldOf(tomorrow(noonMs))).toBe('2026-06-02T00:00')
  })

  it.each(['', 'soon', '2020-01-01T00:00'])('is refused when it is no time to come: "%s"', (field) => {
    expect(laterMoment(field, Date.UTC(2026, 0, 1))).toBe(null)
  })
})
