/** The same bytes give the same events, however they are cut into chunks (WHATWG HTML §9.2.6). */
import { createGrowingBuffer } from './growing-buffer.ts'

export interface StreamEvent {
  /** The `event` field, empty when there was none. */
  name: string
  data: string
}

export interface EventScanner {
  /** False when a line grew beyond the limit: the stream cannot be read on. */
  push(chunk: Buffer): boolean
  /** The stream is over; an event without its blank line still counts, for providers that forget it. */
  end(): void
}

const lf = 0x0a
const cr = 0x0d

export function createEventScanner(onEvent: (event: StreamEvent) => void, maxLineBytes: number): EventScanner {
  const pending = createGrowingBuffer()
  let afterCr = false
  let atStart = true
  let name = ''
  let data: string[] = []

  function dispatch() {
    if (data.length > 0) onEvent({ name, data: data.length === 1 ? (data[0] ?? '') : data.join('\n') })
    name = ''
    data = []
  }

  function field(line: string) {
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
    if (field === 'data') data.push(value)
    else if (field === 'event') name = value
  }

  function line(bytes: Buffer) {
    let text = bytes.toString('utf8')
    if (atStart && text.startsWith('\uFEFF')) text = text.slice(1)
    atStart = false
    if (text === '') dispatch()
    else field(text)
  }

  function takeLine(last: Buffer) {
    if (pending.length === 0) return line(last)
    pending.append(last)
    line(pending.bytes())
    pending.clear()
  }

  function push(chunk: Buffer) {
    let from = 0
    if (afterCr && chunk.length > 0) {
      if (chunk[0] === lf) from = 1
      afterCr = false
    }
    let nextLf = chunk.indexOf(lf, from)
    let nextCr = chunk.indexOf(cr, from)
    while (nextLf >= 0 || nextCr >= 0) {
      const isCr = nextCr >= 0 && (nextLf < 0 || nextCr < nextLf)
      const at = isCr ? nextCr : nextLf
      if (pending.length + at - from > maxLineBytes) return false
      takeLine(chunk.subarray(from, at))
      from = at + 1
      if (isCr && from === chunk.length) afterCr = true
      else if (isCr && chunk[from] === lf) from += 1
      if (nextLf >= 0 && nextLf < from) nextLf = chunk.indexOf(lf, from)
      if (nextCr >= 0 && nextCr < from) nextCr = chunk.indexOf(cr, from)
    }
    if (pending.length + chunk.length - from > maxLineBytes) return false
    if (from < chunk.length) pending.append(chunk.subarray(from))
    return true
  }

  function end() {
    if (pending.length > 0) takeLine(Buffer.alloc(0))
    dispatch()
  }

  return { push, end }
}
