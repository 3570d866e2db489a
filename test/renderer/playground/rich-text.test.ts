import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseBlocks, parsePieces } from '../../../renderer/features/playground/rich-text.ts'

describe('the blocks of an answer', () => {
  it('are paragraphs with their line breaks, headings and code with its language', () => {
    expect(parseBlocks('# Title\none\ntwo\n\nthree\n```ts\nconst a = 1\n\n  b\n```\nend')).toEqual([
      { kind: 'heading', text: 'Title' },
      { kind: 'text', text: 'one\ntwo' },
      { kind: 'text', text: 'three' },
      { kind: 'code', language: 'ts', text: 'const a = 1\n\n  b', closed: true },
      { kind: 'text', text: 'end' },
    ])
  })

  it('let a code block that is still streaming reach to the end', () => {
    expect(parseBlocks('```python\nprint(1)\nx = "``')).toEqual([
      { kind: 'code', language: 'python', text: 'print(1)\nx = "``', closed: false },
    ])
  })

  it('close a block only with as many signs of the same sort', () => {
    expect(parseBlocks('````\n```\n~~~~\n````')).toEqual([
      { kind: 'code', language: '', text: '```\n~~~~', closed: true },
    ])
  })

  it('keep what looks like markup, a script or a link as the letters it is', () => {
    const hostile = '<script>alert(1)</script> [x](javascript:alert(1)) ![](http://x/y.png)'
    expect(parseBlocks(hostile)).toEqual([{ kind: 'text', text: hostile }])
    expect(parsePieces(hostile)).toEqual([{ kind: 'plain', text: hostile }])
  })

  it('lose no letter of the text but the signs of code blocks, headings and empty lines', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z ]{1,40}$/)), (lines) => {
        const letters = (text: string) => text.replaceAll(/\s/g, '')
        expect(
          parseBlocks(lines.join('\n'))
            .map((block) => letters(block.text))
            .join(''),
        ).toBe(letters(lines.join('')))
      }),
    )
  })

  it('cut a line of a megabyte into parts, all of it there', () => {
    const line = 'x'.repeat(1_000_000)
    const blocks = parseBlocks(line)
    expect(blocks.length).toBeGreaterThan(100)
    expect(blocks.map((block) => block.text).join('')).toBe(line)
  })

  it('do not change when more is appended, except the last ones', () => {
    const source = 'one\n\ntwo\n\n```\ncode\n```\n'
    expect(parseBlocks(`${source}more`).slice(0, 3)).toEqual(parseBlocks(source))
  })
})

describe('the pieces of a paragraph', () => {
  it('tell code and strong words from the rest', () => {
    expect(parsePieces('use `npm start` **now**')).toEqual([
      { kind: 'plain', text: 'use ' },
      { kind: 'code', text: 'npm start' },
      { kind: 'plain', text: ' ' },
      { kind: 'strong', text: 'now' },
    ])
  })

  it('take a sign without its partner for a sign', () => {
    expect(parsePieces('2 ** 3 is ` 8')).toEqual([{ kind: 'plain', text: '2 ** 3 is ` 8' }])
  })
})
