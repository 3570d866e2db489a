import { createParser } from 'eventsource-parser'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventScanner, type StreamEvent } from '../../electron/upstream/event-stream.ts'

function scan(chunks: readonly Buffer[], maxLineBytes = 1024 * 1024) {
  const events: StreamEvent[] = []
  const scanner = createEventScanner((event) => events.push(event), maxLineBytes)
  const fits = chunks.every((chunk) => scanner.push(chunk))
  scanner.end()
  return { events, fits }
}
const eventsOf = (text: string) => scan([Buffer.from(text)]).events
const dataOf = (text: string) => eventsOf(text).map(({ data }) => data)

/** The same bytes in pieces, cut at the given places. */
function cut(bytes: Buffer, places: readonly number[]) {
  const borders = [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return borders.slice(1).map((border, index) => bytes.subarray(borders[index], border))
}

function eventsOfOthers(text: string): StreamEvent[] {
  const events: StreamEvent[] = []
  const parser = createParser({ onEvent: ({ event, data }) => events.push({ name: event ?? '', data }) })
  parser.feed(text)
  return events
}

describe('an event stream', () => {
  it.each<[string, string, string[]]>([
    ['lines that end in LF', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['lines that end in CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['lines that end in CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['several data lines in one event', 'data: a\ndata: b\n\n', ['a\nb']],
    ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
    ['comments between events', ': keep-alive\n\ndata: a\n\n: OPENROUTER PROCESSING\n\n', ['a']],
    ['no space after the colon', 'data:a\n\n', ['a']],
    ['only the first space taken off', 'data:  a\n\n', [' a']],
    ['fields it does not know', 'id: 1\nretry: 5\nfoo: bar\ndata: a\n\n', ['a']],
    ['no final blank line', 'data: a\n\ndata: b\n', ['a', 'b']],
    ['no final newline', 'data: a\n\ndata: [DONE]', ['a', '[DONE]']],
    ['NUL in its data', 'data: a\u0000b\n\n', ['a\u0000b']],
    ['characters of several bytes', 'data: 你好😀\n\n', ['你好😀']],
    ['nothing but blank lines', '\n\n\n', []],
    ['nothing', '', []],
  ])('is read with %s', (_title, text, expected) => {
    expect(dataOf(text)).toEqual(expected)
  })

  it('tells the names of events', () => {
    expect(eventsOf('event: message_start\ndata: {}\n\ndata: {}\n\n').map(({ name }) => name)).toEqual([
      'message_start',
      '',
    ])
  })

  it('does not let a name without data pass to the next event', () => {
    expect(eventsOf('event: error\n\ndata: {}\n\n')).toEqual([{ name: '', data: '{}' }])
  })

  it('refuses a line beyond the limit, in however many chunks it comes', () => {
    const line = Buffer.from(`data: ${'x'.repeat(100)}`)
    expect(scan([line], 50).fits).toBe(false)
    expect(scan(cut(line, [10, 20, 30, 40, 50, 60]), 50).fits).toBe(false)
    expect(scan([Buffer.concat([line, Buffer.from('\n\n')])], 50).fits).toBe(false)
    expect(scan([line], 106).fits).toBe(true)
  })

  const line = fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => `data: ${text.replaceAll(/[\r\n]/g, '')}`),
    fc.constantFrom(': ping', 'event: error', 'data', 'data:', '\uFEFF', 'data: [DONE]', '', '', ''),
  )
  const ending = fc.constantFrom('\n', '\r\n', '\r')
  const stream = fc.array(fc.tuple(line, ending), { maxLength: 30 }).map((lines) => lines.flat().join(''))

  it('gives the events that a parser of others gives', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (text, places) => {
        // Ended by a blank line, because only ours counts an event without one.
        const whole = `${text}\n\n`
        expect(scan(cut(Buffer.from(whole), places)).events).toEqual(eventsOfOthers(whole))
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same events for every way to cut its bytes into chunks', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(), { maxLength: 12 }), (text, places) => {
        const bytes = Buffer.from(text)
        const whole = scan([bytes]).events
        expect(scan(cut(bytes, places)).events).toEqual(whole)
        expect(scan(Array.from(bytes, (byte) => Buffer.from([byte]))).events).toEqual(whole)
      }),
      { numRuns: 500 },
    )
  })

  it('never throws, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
        expect(() => scan(chunks.map((chunk) => Buffer.from(chunk)))).not.toThrow()
      }),
    )
  })
})
