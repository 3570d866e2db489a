import { describe, expect, it } from 'vitest'
import { parseChatBody } from '../../electron/gateway/chat-body.ts'

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const hello = { model: 'glm', messages: [{ role: 'user', content: 'hi' }] }

function forUpstream(body: object, fields: { temperature?: number | null; askForUsage?: boolean } = {}) {
  const parsed = parseChatBody(bytes(body))
  if (!parsed.ok) throw new Error(parsed.problem)
  const written = parsed.forUpstream({ model: 'real-id', temperature: null, askForUsage: true, ...fields })
  return JSON.parse(written.toString()) as Record<string, unknown>
}

describe('a chat request', () => {
  it("goes on with the provider's model id and everything else as it came", () => {
    const body = { ...hello, tools: [{ type: 'function' }], future_field: { kept: true }, top_p: 0.5 }
    expect(forUpstream(body)).toEqual({ ...body, model: 'real-id' })
  })

  it("gets the model's temperature only when the client sent none", () => {
    expect(forUpstream(hello, { temperature: 0.3 })['temperature']).toBe(0.3)
    expect(forUpstream({ ...hello, temperature: 0 }, { temperature: 0.3 })['temperature']).toBe(0)
    expect(forUpstream(hello)).not.toHaveProperty('temperature')
  })

  it('asks a stream for its usage unless the client said otherwise', () => {
    expect(forUpstream({ ...hello, stream: true })['stream_options']).toEqual({ include_usage: true })
    const own = { include_usage: false }
    expect(forUpstream({ ...hello, stream: true, stream_options: own })['stream_options']).toEqual(own)
    expect(forUpstream(hello)).not.toHaveProperty('stream_options')
    expect(forUpstream({ ...hello, stream: true }, { askForUsage: false })).not.toHaveProperty('stream_options')
  })

  it.each([
    ['{', 'not-json'],
    ['', 'not-json'],
    ['[]', 'wrong-type'],
    [{ messages: hello.messages }, 'no-model'],
    [{ ...hello, model: '' }, 'no-model'],
    [{ ...hello, model: 7 }, 'no-model'],
    [{ model: 'glm' }, 'no-messages'],
    [{ ...hello, messages: [] }, 'no-messages'],
    [{ ...hello, stream: 'yes' }, 'wrong-type'],
    [{ ...hello, temperature: 'hot' }, 'wrong-type'],
  ])('%j is refused: %s', (body, problem) => {
    expect(parseChatBody(bytes(body))).toEqual({ ok: false, problem })
  })

  it('is refused when it is not UTF-8, rather than sent on with other characters', () => {
    const latin1 = Buffer.from(JSON.stringify({ ...hello, model: 'caf\xe9' }), 'latin1')
    expect(parseChatBody(latin1)).toEqual({ ok: false, problem: 'not-json' })
  })

  it('cannot change the prototype of anything', () => {
    const body = bytes('{"model":"glm","messages":[{"role":"user","content":"x"}],"__proto__":{"polluted":1}}')
    const parsed = parseChatBody(body)
    if (parsed.ok) parsed.forUpstream({ model: 'm', temperature: null, askForUsage: true })
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})
