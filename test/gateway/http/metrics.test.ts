import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMetrics, type Metrics } from '../../../electron/gateway/http/metrics.ts'
import type { LiveEvent } from '../../../shared/live-event.ts'
import { eventsOfAll, story } from '../../journal/stories.ts'
import { dayMs } from '../../journal/recording.ts'

const theMetrics = () => createMetrics({ inFlight: () => 0, keyStates: () => [] })

async function textOf(metrics: Metrics): Promise<string> {
  const { body } = await metrics.answer()
  if (!(body instanceof Uint8Array)) throw new TypeError('the figures come whole')
  return Buffer.from(body).toString('utf8')
}

/** The figures of one name, added up over its labels. */
const total = (text: string, name: string) =>
  text
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0)

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
const ended = (events: readonly LiveEvent[]) => events.flatMap((event) => (event.kind === 'request-ended' ? event : []))

describe('the figures for Prometheus', () => {
  it('are what was told, whenever and however often they are read', async () => {
    const stories = fc.array(story, { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(stories, fc.array(fc.nat(60), { maxLength: 4 }), async (told, readAfter) => {
        const events = eventsOfAll(told, dayMs)
        const metrics = theMetrics()
        for (const [nth, event] of events.entries()) {
          metrics.record(event)
          if (readAfter.includes(nth)) await textOf(metrics)
        }
        const text = await textOf(metrics)
        expect(total(text, 'keywheel_requests_total')).toBe(ended(events).length)
        expect(total(text, 'keywheel_request_duration_seconds_count')).toBe(ended(events).length)
        expect(total(text, 'keywheel_attempts_total')).toBe(
          events.filter(({ kind }) => kind === 'attempt-ended').length,
        )
        const used = ended(events).map(({ usage }) => (usage ? usage.promptTokens + usage.completionTokens : 0))
        expect(total(text, 'keywheel_tokens_total')).toBe(sum(used))
        expect(await textOf(metrics)).toBe(text)
      }),
      { numRuns: 60 },
    )
  })

  it('count how long requests took in buckets that hold those below them, each model for itself', async () => {
    const metrics = theMetrics()
    const one = (requestId: string, modelName: string, durationMs: number) => {
      const about = { requestId, modelId: 'model-1', atMs: 0, seq: 0 }
      metrics.record({ ...about, kind: 'request-started', modelName, client: 'one' } as LiveEvent)
      const end = { result: 'served', attempts: 1, durationMs, usage: null, failure: null }
      metrics.record({ ...about, kind: 'request-ended', ...end } as LiveEvent)
    }
    one('a', 'm"1', 50)
    one('b', 'm"1', 51)
    one('c', 'm"1', 400_000)
    one('d', 'other model', 1_000)
    const lines = (await textOf(metrics)).split('\n').filter((line) => line.startsWith('keywheel_request_duration'))
    const ofFirst = lines.filter((line) => line.includes('model="m\\"1"'))
    expect(ofFirst.slice(0, 2)).toEqual([
      'keywheel_request_duration_seconds_bucket{le="0.05",model="m\\"1"} 1',
      'keywheel_request_duration_seconds_bucket{le="0.1",model="m\\"1"} 2',
    ])
    expect(ofFirst.slice(-4)).toEqual([
      'keywheel_request_duration_seconds_bucket{le="300",model="m\\"1"} 2',
      'keywheel_request_duration_seconds_bucket{le="+Inf",model="m\\"1"} 3',
      'keywheel_request_duration_seconds_sum{model="m\\"1"} 400.101',
      'keywheel_request_duration_seconds_count{model="m\\"1"} 3',
    ])
    expect(lines).toContain('keywheel_request_duration_seconds_count{model="other model"} 1')
    expect(lines).toHaveLength(2 * 15)
  })

  it('name no more than a few hundred models and clients', async () => {
    const metrics = theMetrics()
    const asks = { kind: 'request-started', modelId: 'model-1', atMs: 0 }
    const ends = { kind: 'request-ended', modelId: 'model-1', atMs: 0, result: 'served', attempts: 1, durationMs: 1 }
    for (let seq = 0; seq < 600; seq += 1) {
      const requestId = `request-${seq}`
      metrics.record({ ...asks, requestId, modelName: `m-${seq}`, client: 'one', seq } as LiveEvent)
      metrics.record({ ...ends, requestId, usage: null, failure: null, seq } as LiveEvent)
    }
    const text = await textOf(metrics)
    expect(total(text, 'keywheel_requests_total')).toBe(600)
    expect(text.match(/^keywheel_requests_total\{/gm)).toHaveLength(257)
    expect(text).toContain('keywheel_requests_total{model="other",client="one",result="served"} 344')
  })
})
