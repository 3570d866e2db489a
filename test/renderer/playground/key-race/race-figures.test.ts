import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { costOf, problemOf } from '../../../../renderer/features/playground/key-race/race-draft.ts'
import { raceCsv, raceJson } from '../../../../renderer/features/playground/key-race/race-export.ts'
import { racedKeys, spreadOf, valueOf } from '../../../../renderer/features/playground/key-race/race-figures.ts'
import { KeyId, RequestId } from '../../../../shared/identity.ts'
import type { RaceCall } from '../../../../shared/key-race.ts'

const aCall = (edit: Partial<RaceCall> = {}): RaceCall => ({
  keyId: KeyId.parse('a'),
  keyLabel: 'acct-1',
  round: 1,
  requestId: RequestId.parse('r1'),
  firstOutputMs: 200,
  durationMs: 1_200,
  waitedMs: 0,
  attempts: 1,
  usage: { promptTokens: 10, completionTokens: 50 },
  cost: null,
  headers: [],
  outcome: null,
  failure: null,
  ...edit,
})

const aFailure = { code: 'timeout', model: 'm', host: null, outcome: null, keys: [], retryAtMs: null } as const

describe('the figures of a call', () => {
  it('count the speed from the first token on', () => {
    expect(valueOf(aCall(), 'speed')).toBe(50)
  })

  it.each([
    ['a call that failed', aCall({ failure: { ...aFailure, keys: [] } })],
    ['a provider that counts no tokens', aCall({ usage: null })],
    ['an answer of one piece', aCall({ firstOutputMs: 1_200 })],
    ['a single token', aCall({ usage: { promptTokens: 1, completionTokens: 1 } })],
  ])('say no speed of %s', (_what, call) => {
    expect(valueOf(call, 'speed')).toBeNull()
  })
})

describe('the spread of a key', () => {
  it('has its median between its least and its greatest, and as many below as above', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        const { min, median, max } = spreadOf(values)!
        expect(min).toBe(Math.min(...values))
        expect(max).toBe(Math.max(...values))
        const below = values.filter((value) => value < median).length
        const above = values.filter((value) => value > median).length
        expect(below).toBeLessThanOrEqual(values.length / 2)
        expect(above).toBeLessThanOrEqual(values.length / 2)
      }),
    )
  })

  it('is none of a key that was never measured', () => {
    expect(spreadOf([])).toBeNull()
  })

  it('keeps the headers that tell keys apart, and not those of a single request', () => {
    const headers: RaceCall['headers'] = [
      ['x-region', 'eu-west'],
      ['x-request-id', 'abc'],
      ['openai-organization', 'org-1'],
    ]
    const [key] = racedKeys([{ id: KeyId.parse('a'), label: 'acct-1' }], [aCall({ headers })])
    expect(key?.headers).toEqual([
      ['x-region', 'eu-west'],
      ['openai-organization', 'org-1'],
    ])
  })
})

describe('the file of a comparison', () => {
  it('has a line for each call, and nothing that a spreadsheet would execute', () => {
    const csv = raceCsv([aCall({ keyLabel: '=HYPERLINK("x")' }), aCall({ round: 2, headers: [['x-region', '@eu']] })])
    const lines = csv.trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toMatch(/^"'=HYPERLINK\(""x""\)",a,1,r1,served,/)
    expect(lines[2]).toContain('x-region: @eu')
  })

  it('is the calls themselves as JSON', () => {
    expect(JSON.parse(raceJson('gpt', [aCall()]))).toEqual({ model: 'gpt', calls: [aCall()] })
  })
})

describe('what keeps a comparison from beginning', () => {
  const draft = { keys: 2, prompt: 'hello', rounds: 3, maxTokens: 100 }
  it.each([
    [draft, null],
    [{ ...draft, keys: 0 }, 'race_keys'],
    [{ ...draft, rounds: 0 }, 'race_rounds'],
    [{ ...draft, rounds: 10_000 }, 'race_rounds'],
    [{ ...draft, rounds: null }, 'race_rounds'],
    [{ ...draft, rounds: 1.5 }, 'race_rounds'],
    [{ ...draft, keys: 50, rounds: 11 }, 'race_calls'],
    [{ ...draft, maxTokens: null }, 'tokens'],
    [{ ...draft, prompt: ' \n' }, 'prompt_empty'],
  ])('%j: %s', (given, problem) => {
    expect(problemOf(given)).toBe(problem)
  })

  it('costs at most every answer at its longest', () => {
    const price = { promptMicros: 1_000_000, completionMicros: 2_000_000 }
    expect(costOf(draft, price, 10)).toBe(6 * (10 + 200))
    expect(costOf(draft, null, 10)).toBeNull()
  })
})
