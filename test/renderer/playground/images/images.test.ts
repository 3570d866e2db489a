import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentOf, createDraft, imagesOf, textOf } from '../../../../renderer/features/playground/draft.ts'
import { readImageHeader } from '../../../../renderer/features/playground/images/image-header.ts'
import { canShrink, imageLimits, takeImage } from '../../../../renderer/features/playground/images/take-image.ts'
import { ImagePart } from '../../../../shared/chat.ts'
import { images } from './image-files.ts'

const file = (bytes: Uint8Array, size = bytes.length) =>
  new Blob([Uint8Array.from(bytes), new Uint8Array(Math.max(0, size - bytes.length))])
const aPng = images['png']!

describe('the header of an image', () => {
  it.each(Object.entries(images))('tells kind and size of a %s', (name, make) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16_000 }), fc.integer({ min: 1, max: 16_000 }), (width, height) => {
        expect(readImageHeader(make(width, height))).toEqual({ type: `image/${name.split(',', 1)[0]}`, width, height })
      }),
    )
  })

  it('is none in what is no image, and in an image that breaks off', () => {
    const whole = Object.values(images).map((make) => make(640, 480))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.constantFrom(...whole)), fc.nat(24), (bytes, cut) => {
        const header = readImageHeader(bytes.slice(0, cut))
        expect(header === null || header.width > 0).toBe(true)
      }),
    )
    expect(readImageHeader(new TextEncoder().encode('<svg onload="alert(1)"/>'))).toBeNull()
    expect(readImageHeader(aPng(0, 5))).toBeNull()
  })
})

describe('an image for a message', () => {
  it('is taken by what is in it, whatever its name says, as the contract has it', async () => {
    const taken = await takeImage(file(images['gif']!(3, 2)), 'x.png')
    const image = taken.ok ? taken.image : null
    expect(image).toMatchObject({ name: 'x.png', width: 3, height: 2, bytes: 13 })
    expect(image?.dataUrl).toMatch(/^data:image\/gif;base64,R0lGODlh/)
    expect(ImagePart.safeParse(image).success).toBe(true)
  })

  it.each([
    ['is no image', file(new TextEncoder().encode('<svg/>')), 'kind'],
    ['is empty', new Blob([]), 'kind'],
    ['has too many bytes', file(aPng(10, 10), imageLimits.bytes + 1), 'bytes'],
    ['has too long a side', file(aPng(8_001, 10)), 'pixels'],
    ['has too many pixels', file(aPng(8_000, 8_000)), 'pixels'],
  ])('is refused when it %s', async (_, blob, kind) => {
    expect(await takeImage(blob, 'a.png')).toMatchObject({ ok: false, problem: { kind, name: 'a.png' } })
  })

  it('is refused when its file is gone, and with a bomb no smaller copy is offered', async () => {
    const gone = Object.assign(new Blob([]), {
      slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }),
    })
    expect(await takeImage(gone as unknown as Blob, 'a')).toEqual({
      ok: false,
      problem: { kind: 'unreadable', name: 'a' },
    })
    expect(canShrink({ kind: 'pixels', name: 'a', width: 100_000, height: 100_000, file: new Blob([]) })).toBe(false)
    expect(canShrink({ kind: 'bytes', name: 'a', bytes: 9_000_000, file: new Blob([]) })).toBe(true)
  })
})

describe('a draft', () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ file: file(aPng(4, 4)), name: `${at}.png` }))

  it('takes as many images as a message holds, and says which it did not', async () => {
    const draft = createDraft(takeImage)
    await draft.getState().add(files(imageLimits.count + 2))
    expect(draft.getState().images).toHaveLength(imageLimits.count)
    expect(draft.getState().problems.map(({ kind, name }) => [kind, name])).toEqual([
      ['count', '10.png'],
      ['count', '11.png'],
    ])
  })

  it('takes a smaller copy in the place of what was too large, and says where none could be made', async () => {
    const draft = createDraft(takeImage)
    const tooWide = { file: file(aPng(9_000, 4)), name: 'wide.png' }
    await draft.getState().add([tooWide, { file: new Blob(['x']), name: 'x.png' }])
    const [wide, other] = draft.getState().problems
    await draft.getState().takeCopy(wide!, file(aPng(2_048, 1)))
    expect(draft.getState()).toMatchObject({ images: [{ name: 'wide.png', width: 2_048 }], problems: [other] })
    await draft.getState().add([tooWide])
    await draft.getState().takeCopy(draft.getState().problems[0]!, null)
    expect(draft.getState().problems).toEqual([{ kind: 'no-copy', name: 'wide.png' }])
  })

  it('takes no copy of what was put aside meanwhile', async () => {
    const draft = createDraft(takeImage)
    await draft.getState().add([{ file: file(aPng(9_000, 4)), name: 'wide.png' }])
    const [wide] = draft.getState().problems
    draft.getState().putAside(wide!)
    await draft.getState().takeCopy(wide!, file(aPng(4, 4)))
    expect(draft.getState()).toMatchObject({ images: [], problems: [] })
  })

  it('is empty once it is forgotten, also of an image that was still being read', async () => {
    const reading = Promise.withResolvers<Awaited<ReturnType<typeof takeImage>>>()
    const draft = createDraft(() => reading.promise)
    const added = draft.getState().add(files(1))
    draft.getState().setText('half a thought')
    draft.getState().forget()
    reading.resolve(await takeImage(file(aPng(4, 4)), 'late.png'))
    await added
    expect(draft.getState()).toMatchObject({ text: '', images: [], problems: [] })
  })

  it('is plain text without images, and puts images before the text with them', async () => {
    const draft = createDraft(takeImage)
    await draft.getState().add(files(1))
    const {
      images: [image],
    } = draft.getState()
    expect(contentOf('Hello', [])).toBe('Hello')
    expect(contentOf('Hello', [image!])).toEqual([image, { type: 'text', text: 'Hello' }])
    expect(contentOf(' ', [image!])).toEqual([image])
  })

  it('is what it was when a message is taken back into it', async () => {
    const draft = createDraft(takeImage)
    await draft.getState().add(files(2))
    const content = contentOf('Hello', draft.getState().images)
    draft.getState().clear()
    expect(draft.getState()).toMatchObject({ text: '', images: [] })
    draft.getState().take(content)
    expect([draft.getState().text, draft.getState().images]).toEqual([textOf(content), imagesOf(content)])
  })
})
