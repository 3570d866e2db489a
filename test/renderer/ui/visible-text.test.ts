import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visibleText } from '../../../renderer/ui/visible-text.ts'

describe('a name from a file', () => {
  it('shows what would turn its letters around', () => {
    expect(visibleText('evil\u202Egnp.exe')).toBe('evil‹U+202E›gnp.exe')
  })

  it('shows what nobody sees', () => {
    expect(visibleText('gpt\u200B-4o\uFEFF')).toBe('gpt‹U+200B›-4o‹U+FEFF›')
  })

  it('is left as it is otherwise, in every script', () => {
    for (const name of ['glm-4.7', '智谱', 'مرحبا', '👩\u200D💻', 'a b']) expect(visibleText(name)).toBe(name)
  })

  it('never comes out with a mark that turns letters around', () => {
    const marked = fc.string({ unit: fc.constantFrom('a', '中', '\u202A', '\u202E', '\u2066', '\u2069', '\u061C') })
    fc.assert(
      fc.property(marked, (name) => {
        expect(visibleText(name)).not.toMatch(/[\u061C\u202A-\u202E\u2066-\u2069]/u)
      }),
    )
  })
})
