import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answeredText } from '../../../electron/journal/texts/answered-text.ts'
import { askedText } from '../../../electron/journal/texts/asked-text.ts'
import { keptText, mostCharacters } from '../../../electron/journal/texts/kept-text.ts'

const bytes = (text: string) => Uint8Array.from(Buffer.from(text))
const asJson = (value: unknown) => bytes(JSON.stringify(value))
const asStream = (...events: unknown[]) =>
  bytes([': waiting\n\n', ...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n'].join(''))

describe('what was asked', () => {
  it.each<[string, unknown, string]>([
    [
      'a chat',
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: '你好' },
        ],
      },
      '[system]\nBe brief.\n\n[user]\n你好',
    ],
    [
      'a chat with a picture',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            ],
          },
        ],
      },
      '[user]\nWhat is this?\n[image_url]',
    ],
    [
      'a chat whose tools were called',
      {
        messages: [
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ function: { name: 'weather', arguments: '{"city":"Hefei"}' } }],
          },
          { role: 'tool', content: '31 °C' },
        ],
      },
      '[assistant]\nweather({"city":"Hefei"})\n\n[tool]\n31 °C',
    ],
    ['a completion', { prompt: 'Once upon' }, '[user]\nOnce upon'],
    ['embeddings', { input: ['one', 'two'] }, '[user]\none\n\n[user]\ntwo'],
    [
      'a response with instructions',
      { instructions: 'Be kind.', input: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }] },
      '[system]\nBe kind.\n\n[user]\nHi',
    ],
    [
      'a message of Anthropic’s API',
      {
        system: [{ type: 'text', text: 'Be brief.' }],
        messages: [
          { role: 'assistant', content: [{ type: 'tool_use', name: 'weather', input: { city: 'Hefei' } }] },
          { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: '31 °C' }] }] },
        ],
      },
      '[system]\nBe brief.\n\n[assistant]\nweather({"city":"Hefei"})\n\n[user]\n31 °C',
    ],
  ])('is read from %s', (_what, body, text) => {
    expect(askedText(asJson(body))).toBe(text)
  })

  it('is the body as it was written where its shape is not known, or its end is missing', () => {
    expect(askedText(asJson({ query: 'x' }))).toBe('{"query":"x"}')
    expect(askedText(bytes('{"messages":[{"role":"us'))).toBe('{"messages":[{"role":"us')
  })

  it('is nothing in a form', () => {
    expect(askedText(bytes('--boundary\r\ncontent-disposition: form-data'))).toBeNull()
  })
})

describe('what was answered', () => {
  it.each<[string, Uint8Array, string]>([
    ['a chat', asJson({ choices: [{ message: { role: 'assistant', content: 'Hello.' } }] }), 'Hello.'],
    [
      'a chat that calls a tool',
      asJson({ choices: [{ message: { content: null, tool_calls: [{ function: { name: 'f', arguments: '{}' } }] } }] }),
      'f({})',
    ],
    ['a refusal', asJson({ choices: [{ message: { content: null, refusal: 'No.' } }] }), 'No.'],
    ['a completion of two', asJson({ choices: [{ text: 'a' }, { text: 'b' }] }), 'a\n\nb'],
    ['a response', asJson({ output: [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }] }), 'Hi'],
    ['a message of Anthropic’s API', asJson({ type: 'message', content: [{ type: 'text', text: 'Hi' }] }), 'Hi'],
    ['an error', asJson({ error: { message: 'No such model.' } }), '[error]\nNo such model.'],
    [
      'a stream of a chat',
      asStream(
        { choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] },
        { choices: [{ index: 0, delta: { content: 'Hel' } }] },
        { choices: [{ index: 0, delta: { content: 'lo.' } }] },
        { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { name: 'f', arguments: '' } }] } }] },
        { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '{}' } }] } }] },
      ),
      'Hello.\n\nf{}',
    ],
    [
      'a stream of a response',
      asStream(
        { type: 'response.output_text.delta', output_index: 0, delta: 'Hel' },
        { type: 'response.output_text.delta', output_index: 0, delta: 'lo.' },
      ),
      'Hello.',
    ],
    [
      'a stream of Anthropic’s API',
      asStream(
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '你' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '好' } },
      ),
      '你好',
    ],
    [
      'a stream that broke off',
      asStream({ choices: [{ delta: { content: 'Hel' } }] }, { error: { message: 'The stream broke off.' } }),
      'Hel\n\n[error]\nThe stream broke off.',
    ],
  ])('is read from %s', (_what, body, text) => {
    expect(answeredText(body)).toBe(text)
  })

  it('is nothing where there are no words', () => {
    expect(answeredText(asJson({ object: 'list', data: [{ embedding: [0.1] }] }))).toBeNull()
    expect(answeredText(Uint8Array.of(0xff, 0xfb, 0x90, 0x44))).toBeNull()
    expect(answeredText(new Uint8Array())).toBeNull()
  })
})

describe('a text that is kept', () => {
  it('has nothing in it that looks like a key', () => {
    expect(keptText('my key is sk-canary-0123456789abcdef, keep it', []).text).toBe('my key is [key], keep it')
  })

  it('names data instead of holding it', () => {
    expect(keptText(`data:image/png;base64,${'A'.repeat(5_000)} and so on`, []).text).toContain(
      '[5000 characters] and so on',
    )
  })

  it('is cut where it is too long, and says so', () => {
    const long = keptText('word '.repeat(20_000), [])
    expect(long.text).toHaveLength(mostCharacters)
    expect(long.cut).toBe(true)
    expect(keptText('word', []).cut).toBe(false)
  })

  it('holds no part of a key that lay across the cut', () => {
    const secret = 'sk-canary-0123456789abcdef0123456789'
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 20 }), (shift) => {
        const text = 'x '.repeat(mostCharacters).slice(0, mostCharacters + shift) + ' ' + secret
        expect(keptText(text, []).text).not.toContain('canary')
      }),
      { numRuns: 81 },
    )
  })

  it('can be made of any bytes at all', () => {
    const value = fc.jsonValue()
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      value.map(asJson),
      fc
        .record({ messages: value, input: value, system: value, choices: value, output: value, content: value })
        .map(asJson),
      fc
        .array(fc.record({ choices: value, delta: value, type: fc.constantFrom('content_block_delta', 'x') }))
        .map((all) => asStream(...all)),
    )
    const kept = (text: string | null) => (text === null ? '' : keptText(text, []).text)
    fc.assert(
      fc.property(body, (bytes) => {
        expect(kept(askedText(bytes)).length).toBeLessThanOrEqual(mostCharacters)
        expect(kept(answeredText(bytes)).length).toBeLessThanOrEqual(mostCharacters)
      }),
      { numRuns: 500 },
    )
  })
})
