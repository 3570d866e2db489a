import { afterOpenBrace, visitMembers, type Span } from './json-members.ts'
import type { ReadBody, UpstreamFields } from './request-body.ts'
import { spliced, type Splice } from './spliced.ts'

/** Beside extended thinking and reasoning a temperature is refused. */
const settlesTemperature = new Set(['temperature', 'thinking', 'reasoning', 'reasoning_effort'])

const usageOption = Buffer.from('"stream_options":{"include_usage":true},')

/** Finds what matters in a JSON body; every other member passes as it came. */
export function readJsonBody(bytes: Buffer): ReadBody {
  const models: Span[] = []
  let streaming = false
  let previousResponse: Span | undefined
  let hasTemperature = false
  let hasTopP = false
  let hasStreamOptions = false
  const isObject = visitMembers(bytes, (name, value) => {
    if (name === 'model') models.push(value)
    else if (name === 'stream') streaming = bytes.toString('latin1', value.start, value.end) === 'true'
    else if (settlesTemperature.has(name)) hasTemperature = true
    else if (name === 'top_p') hasTopP = true
    else if (name === 'previous_response_id') previousResponse = value
    else if (name === 'stream_options') hasStreamOptions = true
  })
  if (!isObject) return { ok: false, problem: 'not-json' }
  const model = textAt(bytes, models.at(-1))
  if (!model) return { ok: false, problem: 'no-model' }
  const isPlain = models.length === 1

  function forUpstream({ model: upstreamModel, temperature, askForUsage }: UpstreamFields): Buffer {
    const splices: Splice[] = []
    const first = afterOpenBrace(bytes)
    const insert = (member: Buffer) => splices.push({ start: first, end: first, bytes: member })
    if (temperature !== null && !hasTemperature) insert(Buffer.from(`"temperature":${temperature},`))
    if (askForUsage && streaming && !hasStreamOptions) insert(usageOption)
    // Readers disagree on which of two equal names counts, so all of them are made to say the same.
    if (upstreamModel !== model || !isPlain) {
      const value = Buffer.from(JSON.stringify(upstreamModel))
      for (const span of models) splices.push({ ...span, bytes: value })
    }
    return spliced(bytes, splices)
  }

  const body = { model, streaming, hasTopP, previousResponse: textAt(bytes, previousResponse), forUpstream }
  return { ok: true, body }
}

function textAt(bytes: Buffer, span: Span | undefined): string | null {
  if (!span) return null
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', span.start, span.end))
    return typeof value === 'string' ? value : null
  } catch {
    // Not JSON there: then it names no model.
    return null
  }
}
