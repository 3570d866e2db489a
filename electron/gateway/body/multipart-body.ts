import type { Span } from './json-members.ts'
import type { ReadBody } from './request-body.ts'
import { spliced } from './spliced.ts'

const lineBreak = Buffer.from('\r\n')
const headEnd = Buffer.from('\r\n\r\n')

/** Finds the `model` of a form (RFC 7578) and can put another in its place; files and every other part stay as they are. */
export function readMultipartBody(bytes: Buffer, contentType: string): ReadBody {
  const boundary = boundaryOf(contentType)
  if (boundary === null) return { ok: false, problem: 'not-multipart' }
  const models: Span[] = []
  let streaming = false
  const isForm = visitParts(bytes, Buffer.from(`--${boundary}`, 'latin1'), (name, value) => {
    if (name === 'model') models.push(value)
    else if (name === 'stream') streaming = bytes.toString('latin1', value.start, value.end) === 'true'
  })
  if (!isForm) return { ok: false, problem: 'not-multipart' }
  const last = models.at(-1)
  const model = last ? bytes.toString('utf8', last.start, last.end) : ''
  if (model === '') return { ok: false, problem: 'no-model' }
  const isPlain = models.length === 1

  return {
    ok: true,
    body: {
      model,
      streaming,
      hasTopP: false,
      previousResponse: null,
      forUpstream({ model: upstreamModel }) {
        if (upstreamModel === model && isPlain) return bytes
        const value = Buffer.from(upstreamModel)
        return spliced(
          bytes,
          models.map((span) => ({ ...span, bytes: value })),
        )
      },
    },
  }
}

function boundaryOf(contentType: string): string | null {
  const found = /;\s*boundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType)
  return found?.[1] ?? found?.[2] ?? null
}

/** Visits the parts that have a name. False when the last boundary is missing. */
function visitParts(bytes: Buffer, delimiter: Buffer, visit: (name: string, value: Span) => void): boolean {
  let at = bytes.indexOf(delimiter)
  if (at !== 0 && !isLineStart(bytes, at)) return false
  for (;;) {
    const after = at + delimiter.length
    if (bytes[after] === 0x2d && bytes[after + 1] === 0x2d) return true
    const headStart = bytes.indexOf(lineBreak, after)
    const next = nextDelimiter(bytes, delimiter, after)
    if (headStart < 0 || next < 0) return false
    const bodyStart = bytes.indexOf(headEnd, headStart)
    if (bodyStart >= 0 && bodyStart < next) {
      const name = fieldName(bytes.toString('utf8', headStart, bodyStart))
      if (name !== null) visit(name, { start: bodyStart + headEnd.length, end: Math.max(bodyStart + 4, next - 2) })
    }
    at = next
  }
}

const isLineStart = (bytes: Buffer, at: number) => at >= 2 && bytes[at - 2] === 0x0d && bytes[at - 1] === 0x0a

function nextDelimiter(bytes: Buffer, delimiter: Buffer, from: number): number {
  let at = bytes.indexOf(delimiter, from)
  while (at >= 0 && !isLineStart(bytes, at)) at = bytes.indexOf(delimiter, at + 1)
  return at
}

function fieldName(head: string): string | null {
  const disposition = /^content-disposition:[ \t]*form-data\b(.*)$/im.exec(head)?.[1]
  if (disposition === undefined) return null
  const found = /;\s*name=(?:"([^"]*)"|([^\s;"]+))/i.exec(disposition)
  return found?.[1] ?? found?.[2] ?? null
}
