import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endedAtMs, marksOf, waitLeft } from '../../../../renderer/features/playground/rehearsal/wheel-story.ts'
import type { KeyState } from '../../../../shared/key.ts'
import type { OutcomeView } from '../../../../shared/outcome.ts'
import { outcomeKinds } from '../../../../shared/outcome-kinds.ts'
import type { AttemptView, RequestView } from '../../../../shared/request.ts'

const outcome = (kind: OutcomeView['kind'], status: number | null): OutcomeView => ({
  kind,
  status,
  cause: null,
  providerCode: null,
  providerMessage: null,
  retryAfterMs: null,
})
const attempt = (keyId: string, result: OutcomeView | null, startedAtMs = 0): AttemptView => ({
  number: 1,
  keyId: keyId as AttemptView['keyId'],
  keyLabel: keyId,
  startedAtMs,
  durationMs: result && 500,
  probe: false,
  outcome: result,
})
const limited = outcome('rate-limited', 429)
const served = outcome('served', 200)
const cooling: KeyState = { kind: 'cooling', untilMs: 7_500, announced: true }

describe('what stands beside the arcs of a rehearsal', () => {
  it('is the number of an error and a tick for an answer, each at its own key', () => {
    const marks = marksOf([attempt('a', limited), attempt('b', served)])
    expect([...marks]).toEqual([
      ['a', { kind: 'cooling', text: '429' }],
      ['b', { kind: 'ready', text: '✓' }],
    ])
  })

  it('is a cross where no number tells the failure, as for an error inside a 200 stream', () => {
    const marks = marksOf([attempt('a', outcome('upstream-failed', 200)), attempt('a', served)])
    expect(marks.get('a')).toEqual({ kind: 'ready', text: '✕ ✓' })
  })

  it('is nothing while a call is under way', () => {
    expect(marksOf([attempt('a', null)]).size).toBe(0)
  })

  it('never says the same twice running, and ends with what came last, for any calls', () => {
    const calls = fc.array(fc.record({ keyId: fc.constantFrom('a', 'b'), kind: fc.constantFrom(...outcomeKinds) }), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(calls, (list) => {
        const attempts = list.map(({ keyId, kind }) => attempt(keyId, outcome(kind, kind === 'rejected' ? 401 : null)))
        for (const [keyId, { text }] of marksOf(attempts)) {
          const signs = text.split(' ')
          expect(signs.length).toBeLessThanOrEqual(3)
          for (const [index, sign] of signs.entries()) expect(sign).not.toBe(signs[index + 1])
          const last = attempts.findLast((one) => one.keyId === keyId)?.outcome
          expect(signs.at(-1)).toBe(last?.kind === 'served' ? '✓' : last?.kind === 'rejected' ? '401' : '✕')
        }
      }),
    )
  })
})

describe("what is left of a key's wait", () => {
  const calls = [attempt('a', limited, 1_000), attempt('b', served, 2_000)]

  it('begins with the end of the call that failed, and ends with its time', () => {
    const left = (nowMs: number) => waitLeft({ keyId: 'a', state: cooling }, calls, nowMs)
    expect([1_500, 4_500, 7_500].map(left)).toEqual([1, 0.5, 0])
  })

  it('begins with anybody’s call where the host is held', () => {
    const state: KeyState = { kind: 'host-held', untilMs: 12_500 }
    expect(waitLeft({ keyId: 'c', state }, calls, 7_500)).toBe(0.5)
  })

  it('is whole for a state without an end, and where nobody saw the beginning', () => {
    expect(waitLeft({ keyId: 'a', state: { kind: 'ready' } }, calls, 5_000)).toBe(1)
    expect(waitLeft({ keyId: 'c', state: cooling }, calls, 5_000)).toBe(1)
  })
})

describe('a step that is over', () => {
  it('is drawn as it stood when its last request ended', () => {
    const ended = (atMs: number | null) => ({ endedAtMs: atMs }) as RequestView
    expect(endedAtMs([ended(5), ended(9), ended(null)])).toBe(9)
    expect(endedAtMs([ended(null)])).toBeNull()
  })
})
