import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSegmenter, longestMarkdown, type Segment } from '../../../../renderer/ui/markdown/segments.ts'
import { documents } from './documents.ts'

const read = (text: string, latex = false) => createSegmenter({ latex }).read(text)
const shapes = (segments: readonly Segment[]) => segments.map(({ kind, source }) => [kind, source])

describe('the segments of an answer', () => {
  it('are its paragraphs, lists and code blocks', () => {
    expect(shapes(read('One\ntwo\n\nthree\n- a\n\n- b\n\nfour\n```ts\nlet a\n\nb\n```\nfive'))).toEqual([
      ['markdown', 'One\ntwo\n\n'],
      ['markdown', 'three\n'],
      ['markdown', '- a\n\n- b\n\n'],
      ['markdown', 'four\n'],
      ['code', 'let a\n\nb'],
      ['markdown', 'five'],
    ])
  })

  it('name the language of code, and say whether it is whole', () => {
    expect(read('```python\nprint(1)\nx = "``')).toEqual([
      { kind: 'code', source: 'print(1)\nx = "``', language: 'python', closed: false },
    ])
    expect(read('~~~\na\n~~~')).toEqual([{ kind: 'code', source: 'a', language: '', closed: true }])
  })

  it('close a block only with as many signs of the same sort', () => {
    expect(shapes(read('````\n```\n~~~~\n````'))).toEqual([['code', '```\n~~~~']])
  })

  it('leave a code block to the list item that it stands in', () => {
    expect(shapes(read('1. do\n   ```sh\n   a\n\n   b\n   ```\n2. then'))).toHaveLength(1)
  })

  it('let a formula of its own lines be one, blank lines and all, where formulas are drawn', () => {
    const text = 'so\n$$\nx\n\ny\n$$\nthen \\[a\\]\n\\[ b \\]'
    expect(shapes(read(text, true))).toEqual([
      ['markdown', 'so\n'],
      ['math', 'x\n\ny'],
      ['markdown', 'then \\[a\\]\n'],
      ['math', 'b'],
    ])
    expect(read(text).every(({ kind }) => kind === 'markdown')).toBe(true)
  })

  it('begin anew with a text that does not go on from the one before', () => {
    const segmenter = createSegmenter({ latex: false })
    segmenter.read('```\nold')
    expect(shapes(segmenter.read('new'))).toEqual([['markdown', 'new']])
  })

  it.each([
    ['a line of a megabyte', 'x'.repeat(1_000_000)],
    ['a paragraph that is too long', 'word\n'.repeat(longestMarkdown / 4)],
    ['a table that is too long', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(3_000)}`],
    ['quotes too deep', '> '.repeat(200)],
    ['lists too deep', Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n')],
    ['marks too many', '*a _b '.repeat(1_500)],
    ['brackets too many', '[a]('.repeat(2_000)],
  ])('leave %s unparsed', (_, text) => {
    expect(read(text).map(({ kind }) => kind)).toEqual(['plain'])
  })

  it('split a long list between its items', () => {
    const segments = read('- an item that goes on for a while\n'.repeat(500))
    expect(segments.length).toBeGreaterThan(4)
    expect(segments.every(({ kind }) => kind === 'markdown')).toBe(true)
  })

  it('are the same however the text arrived, with formulas and without', () => {
    fc.assert(
      fc.property(documents, fc.array(fc.nat(400), { maxLength: 12 }), fc.boolean(), (text, cuts, latex) => {
        const segmenter = createSegmenter({ latex })
        for (const cut of cuts.toSorted((a, b) => a - b)) segmenter.read(text.slice(0, cut))
        expect(segmenter.read(text)).toEqual(read(text, latex))
      }),
      { numRuns: 300 },
    )
  })

  it('keep every letter of a text that is not code', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const segments = read(text)
        fc.pre(segments.every(({ kind }) => kind !== 'code'))
        const blank = /^\s*$/
        const left = segments.reduce((rest, { source }) => rest.replace(source, ''), text)
        expect(left).toMatch(blank)
      }),
    )
  })

  it('do not change once another segment has begun two further on', () => {
    fc.assert(
      fc.property(documents, fc.nat(600), (text, cut) => {
        const before = read(text.slice(0, cut))
        const settled = before.slice(0, -2)
        expect(read(text).slice(0, settled.length)).toEqual(settled)
      }),
    )
  })
})
