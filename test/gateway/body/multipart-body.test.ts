import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBody } from '../../../electron/gateway/body/request-body.ts'

/** A form as fetch writes it, with the content type that goes with it. */
async function aForm(fields: readonly (readonly [string, string | Blob])[]) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  const response = new Response(form)
  return {
    contentType: response.headers.get('content-type') ?? '',
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

function read({ bytes, contentType }: { bytes: Buffer; contentType: string }) {
  const parsed = readBody(bytes, contentType)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.body
}

const forUpstream = (model: string) => ({ model, temperature: 0.5, askForUsage: true })
const sound = new Blob([Buffer.from('RIFF\r\n\r\nname="model"\r\n--not the boundary\r\n\0\xff', 'latin1')])

describe('a form', () => {
  it('names its model in a part of that name, wherever it stands', async () => {
    const body = read(
      await aForm([
        ['file', sound],
        ['model', 'whisper'],
        ['language', 'zh'],
      ]),
    )
    expect(body).toMatchObject({ model: 'whisper', streaming: false })
  })

  it("goes on with the provider's model id and everything else as it came", async () => {
    const form = await aForm([
      ['file', sound],
      ['model', 'whisper'],
      ['prompt', 'model'],
    ])
    const [head, tail] = form.bytes.toString('latin1').split('\r\n\r\nwhisper\r\n')
    expect(read(form).forUpstream(forUpstream('whisper-1')).toString('latin1')).toBe(
      `${head}\r\n\r\nwhisper-1\r\n${tail}`,
    )
  })

  it('is not even copied when nothing in it has to change', async () => {
    const form = await aForm([['model', 'whisper']])
    expect(read(form).forUpstream(forUpstream('whisper'))).toBe(form.bytes)
  })

  it('asks for a stream in a part of its own', async () => {
    expect(
      read(
        await aForm([
          ['model', 'm'],
          ['stream', 'true'],
        ]),
      ).streaming,
    ).toBe(true)
  })

  it('whose boundary is quoted, and which begins with a preamble, is read as well', () => {
    const bytes = Buffer.from('preamble\r\n--a b\r\ncontent-disposition: form-data; name=model\r\n\r\nm\r\n--a b--\r\n')
    expect(read({ bytes, contentType: 'multipart/form-data; boundary="a b"' }).model).toBe('m')
  })

  it.each([
    ['no boundary', 'multipart/form-data', '--b\r\n\r\n\r\n--b--', 'not-multipart'],
    ['another boundary', 'multipart/form-data; boundary=b', '--c\r\n\r\n\r\n--c--', 'not-multipart'],
    [
      'no end',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="model"\r\n\r\nm',
      'not-multipart',
    ],
    [
      'no model',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="x"\r\n\r\nm\r\n--b--',
      'no-model',
    ],
    [
      'an empty model',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="model"\r\n\r\n\r\n--b--',
      'no-model',
    ],
  ])('with %s is refused', (_title, contentType, text, problem) => {
    expect(readBody(Buffer.from(text), contentType)).toEqual({ ok: false, problem })
  })

  it('keeps every part but the model, as the platform reads it', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary-ascii' }).map((text) => text.replaceAll(/[\r\n]/g, ' ')),
      fc.uint8Array({ maxLength: 80 }).map((bytes) => new Blob([Uint8Array.from(bytes)])),
    )
    const field = fc.tuple(fc.constantFrom('file', 'prompt', 'stream', 'models'), value)
    const model = fc.string({ minLength: 1, unit: 'grapheme' }).map((text) => text.replaceAll(/[\r\n]/g, ' '))
    await fc.assert(
      fc.asyncProperty(
        fc.array(field, { maxLength: 4 }),
        fc.array(field, { maxLength: 2 }),
        model,
        async (before, after, name) => {
          const form = await aForm([...before, ['model', name], ...after])
          const sent = read(form).forUpstream(forUpstream('real id'))
          const headers = { 'content-type': form.contentType }
          const [was, is] = await Promise.all(
            [form.bytes, sent].map((bytes) => new Response(new Uint8Array(bytes), { headers }).formData()),
          )
          expect(await plain(is!)).toEqual(
            (await plain(was!)).map(([key, text]) => [key, key === 'model' ? 'real id' : text]),
          )
        },
      ),
    )
  })

  it('never throws for any bytes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('--b', '\r\n', '--', 'content-disposition: form-data; name="model"', 'x') }),
        (text) => {
          expect(() => readBody(Buffer.from(text), 'multipart/form-data; boundary=b')).not.toThrow()
        },
      ),
    )
  })
})

async function plain(form: FormData): Promise<[string, string][]> {
  const fields: [string, string][] = []
  for (const [name, value] of form)
    fields.push([name, typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('hex')])
  return fields
}
