import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visitMembers } from '../../../electron/gateway/body/json-members.ts'
import { readBody, type UpstreamFields } from '../../../electron/gateway/body/request-body.ts'

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const read = (body: unknown) => readBody(bytes(body), 'application/json')
const hello = { model: 'glm', messages: [{ role: 'user', content: 'hi' }] }
const nothing: UpstreamFields = { model: 'real-id', temperature: null, askForUsage: false }

function written(body: unknown, fields: Partial<UpstreamFields> = {}): string {
  const parsed = read(body)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.body.forUpstream({ ...nothing, ...fields }).toString()
}
const forUpstream = (body: unknown, fields: Partial<UpstreamFields> = {}) =>
  JSON.parse(written(body, fields)) as Record<string, unknown>

describe('a JSON body', () => {
  it("goes on with the provider's model id, and every other byte as it came", () => {
    const text =
      '\n{ "messages" : [ { "content" : "\\u00e9 \\" }" } ] , "model"\t: "glm" , "n":1.0e0,"x":{"model":"y"} }\n'
    expect(written(text)).toBe(text.replace('"glm"', '"real-id"'))
  })

  it('is not even copied when nothing in it has to change', () => {
    const body = bytes(hello)
    const parsed = readBody(body, undefined)
    expect(parsed.ok && parsed.body.forUpstream({ ...nothing, model: 'glm' })).toBe(body)
  })

  it("gets the model's temperature only when the client sent none, not even null", () => {
    expect(forUpstream(hello, { temperature: 0.3 })).toEqual({ ...hello, model: 'real-id', temperature: 0.3 })
    expect(forUpstream({ ...hello, temperature: 0 }, { temperature: 0.3 })['temperature']).toBe(0)
    expect(forUpstream({ ...hello, temperature: null }, { temperature: 0.3 })['temperature']).toBeNull()
    expect(forUpstream(hello)).not.toHaveProperty('temperature')
  })

  it.each(['thinking', 'reasoning', 'reasoning_effort'])('gets no temperature beside %s, which refuses one', (name) => {
    expect(forUpstream({ ...hello, [name]: 'high' }, { temperature: 0.3 })).not.toHaveProperty('temperature')
  })

  it('asks a stream for its usage unless the client said otherwise', () => {
    const asking = { askForUsage: true }
    expect(forUpstream({ ...hello, stream: true }, asking)['stream_options']).toEqual({ include_usage: true })
    const own = { include_usage: false }
    expect(forUpstream({ ...hello, stream: true, stream_options: own }, asking)['stream_options']).toEqual(own)
    expect(forUpstream(hello, asking)).not.toHaveProperty('stream_options')
    expect(forUpstream({ ...hello, stream: true })).not.toHaveProperty('stream_options')
  })

  it('takes the last of several models, and makes all of them say the same', () => {
    const text = '{"model":"first","mod\\u0065l":"glm","nested":{"model":"inner"}}'
    const parsed = read(text)
    expect(parsed.ok && parsed.body.model).toBe('glm')
    expect(written(text, { model: 'glm' })).toBe('{"model":"glm","mod\\u0065l":"glm","nested":{"model":"inner"}}')
  })

  it('may begin with a byte order mark', () => {
    expect(written(`\uFEFF${JSON.stringify({ model: 'glm' })}`, { temperature: 1 })).toBe(
      '\uFEFF{"temperature":1,"model":"real-id"}',
    )
  })

  it.each([
    ['{', 'not-json'],
    ['', 'not-json'],
    ['[]', 'not-json'],
    ['{"model":"glm"', 'not-json'],
    ['{"model":"glm"}{}', 'not-json'],
    ['{"model" "glm"}', 'not-json'],
    ['{model:"glm"}', 'not-json'],
    ['{"model":}', 'not-json'],
    ['{"model":"glm",}', 'not-json'],
    ['{"model":"gl', 'not-json'],
    ['{}', 'no-model'],
    ['{"messages":[{"model":"inner"}]}', 'no-model'],
    [{ ...hello, model: '' }, 'no-model'],
    [{ ...hello, model: 7 }, 'no-model'],
    [{ ...hello, model: null }, 'no-model'],
    ['{"model":"\\x"}', 'no-model'],
  ])('%j is refused: %s', (body, problem) => {
    expect(read(body)).toEqual({ ok: false, problem })
  })

  it('is refused when it is not UTF-8, rather than sent on with other characters', () => {
    const latin1 = Buffer.from(JSON.stringify({ ...hello, model: 'caf\xe9' }), 'latin1')
    expect(readBody(latin1, 'application/json')).toEqual({ ok: false, problem: 'not-json' })
  })

  it('is refused when it is of a kind that names no model', () => {
    expect(readBody(bytes('model=glm'), 'application/x-www-form-urlencoded')).toEqual({
      ok: false,
      problem: 'content-type',
    })
  })

  it('finds a model behind megabytes of text within a moment, however many quotes and backslashes there are', () => {
    const content = '\\"{[\\\\'.repeat(700_000)
    const body = Buffer.from(`{"messages":[{"content":"${content}"}],"model":"glm"}`)
    const startMs = performance.now()
    expect(readBody(body, 'application/json')).toMatchObject({ ok: true, body: { model: 'glm' } })
    expect(performance.now() - startMs).toBeLessThan(1_000)
  })
})

/** JSON as anybody might write it: spaces anywhere, escapes where none are needed, names more than once. */
const space = fc.constantFrom('', ' ', '\n', '\t\r\n ')
const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('}', '"', '\\', '\\\\"', '{"model":"x"}')).map(quoted),
    fc.constantFrom('null', 'true', 'false', '0', '-1.5e+3'),
    fc
      .tuple(fc.array(tie('value'), { maxLength: 3 }), space)
      .map(([items, gap]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
    tie('object'),
  ),
  object: fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom('model', 'stream', 'x', '', 'é"'), tie('value'), fc.boolean()), {
        maxLength: 5,
      }),
      space,
    )
    .map(([members, gap]) => {
      const parts = members.map(
        ([name, value, escape]) => `${gap}${escape ? escaped(name) : quoted(name)}${gap}:${gap}${value}${gap}`,
      )
      return `${gap}{${parts.length > 0 ? parts.join(',') : gap}}${gap}`
    }),
})).object

function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed())
}

const escaped = (text: string) =>
  `"${text.replaceAll(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`

function membersOf(text: string): [string, unknown][] | null {
  const members: [string, unknown][] = []
  const body = Buffer.from(text)
  const isObject = visitMembers(body, (name, { start, end }) => {
    members.push([name, JSON.parse(body.toString('utf8', start, end))])
  })
  return isObject ? members : null
}

describe('the members of a JSON object', () => {
  it('are those that JSON.parse finds, however it is written', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(Object.fromEntries(membersOf(text) ?? [])).toEqual(JSON.parse(text))
      }),
      { numRuns: 1_000 },
    )
  })

  it('change in nothing but the model when it is put in', () => {
    fc.assert(
      fc.property(jsonText, fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (text, model, upstream) => {
        const member = `{"model":${quoted(model)}${/^\s*\{\s*\}/.test(text) ? '' : ','}`
        const body = text.replace('{', () => member)
        const json = JSON.parse(body) as { model: unknown }
        const isNamed = typeof json.model === 'string' && json.model !== ''
        const changed = { ...json, model: upstream.toWellFormed() }
        expect(outcome(body, upstream.toWellFormed())).toEqual(isNamed ? [json.model, changed] : ['no-model', null])
      }),
      { numRuns: 1_000 },
    )
  })

  it('are never found where there is no object, and nothing is thrown for any bytes', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array)),
      fc
        .string({ unit: fc.constantFrom('{', '}', '"', ':', ',', '\\', '[', ']', ' ', 'a', '1') })
        .map((text) => Buffer.from(text)),
    )
    fc.assert(
      fc.property(anyBytes, (body) => {
        const mayBeObject = /^\uFEFF?\s*\{[^]*\}\s*$/.test(body.toString())
        expect([false, mayBeObject]).toContain(visitMembers(body, () => {}))
      }),
      { numRuns: 2_000 },
    )
  })
})

/** The model that is read, or why none is; and what goes on for a provider who calls it like this. */
function outcome(body: string, upstreamModel: string): [string, unknown] {
  const parsed = read(body)
  return parsed.ok ? [parsed.body.model, forUpstream(body, { model: upstreamModel })] : [parsed.problem, null]
}
