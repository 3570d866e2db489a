import { MantineProvider } from '@mantine/core'
import * as fc from 'fast-check'
import { use } from 'i18next'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { initReactI18next } from 'react-i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { en } from '../../../../renderer/i18n/en.ts'
import { MarkdownContext } from '../../../../renderer/ui/markdown/actions.ts'
import { Markdown } from '../../../../renderer/ui/markdown/markdown.tsx'
import { documents } from './documents.ts'

interface Shown {
  isStreaming?: boolean
  latex?: boolean
}

function shown(text: string, { isStreaming = false, latex = false }: Shown = {}): string {
  const mode = { openLink: () => undefined, copy: () => undefined, latex }
  const markdown = createElement(Markdown, { text, isStreaming })
  const page = createElement(MantineProvider, null, createElement(MarkdownContext, { value: mode }, markdown))
  return renderToStaticMarkup(page).replace(/^<style.*?<\/style>/s, '')
}

/** Without the classes and the frames that a block of text stands in. */
const bare = (text: string, mode?: Shown) =>
  shown(text, mode)
    .replaceAll(/ class="[^"]*"/g, '')
    .replaceAll(/<style[^>]*>.*?<\/style>/gs, '')
    .replace(/^<div aria-busy="false"><div>(.*)<\/div><\/div>$/s, '$1')

beforeAll(async () => {
  await use(initReactI18next).init({ lng: 'en', resources: { en }, react: { useSuspense: false } })
})

describe('an answer in Markdown', () => {
  it('has headings under those of the view, emphasis, code and line breaks', () => {
    expect(bare('# Title\n\n**bold** *em* ~~gone~~ `a < b`\nnext &amp; last')).toBe(
      '<h3 data-depth="1">Title</h3><p><strong>bold</strong> <em>em</em> <del>gone</del> <code>a &lt; b</code><br/>next &amp; last</p>',
    )
  })

  it('has lists that go on with their own numbers, quotes and rules', () => {
    expect(bare('7. a\n8. b\n\n> q\n\n---')).toBe(
      '<ol start="7"><li>a</li><li>b</li></ol><blockquote><p>q</p></blockquote><hr/>',
    )
  })

  it('has tables that scroll by themselves, and breaks inside of their cells', () => {
    expect(bare('|a|b|\n|-|-:|\n|1<br>2|`|`|')).toContain('role="region" aria-label="Table" tabindex="0"')
    expect(bare('|a|b|\n|-|-:|\n|1<br>2|3|')).toContain('<td>1<br/>2</td><td data-align="right">3</td>')
  })

  it('says of a task whether it is done', () => {
    expect(bare('- [x] this\n- [ ] that')).toMatch(/aria-label="Done:".*this.*aria-label="Open:".*that/s)
  })

  it('shows what a stream has begun as if it were whole', () => {
    expect(bare('so **bo', { isStreaming: true })).toBe('<p>so <strong>bo</strong></p>')
    expect(bare('so **bo')).toBe('<p>so **bo</p>')
    expect(bare('see [the do](https://a.exam', { isStreaming: true })).toBe('<p>see the do</p>')
  })

  it('leaves dollar signs alone, and formulas too while they are off', () => {
    expect(bare('It costs $5 or $6, $x$.')).toBe('<p>It costs $5 or $6, $x$.</p>')
    expect(bare('It costs $5 or $6, then $x$ \\(y\\).', { latex: true })).toBe(
      '<p>It costs $5 or $6, then <span hidden=""></span><code>$x$</code> <span hidden=""></span><code>\\(y\\)</code>.</p>',
    )
  })
})

describe('hostile Markdown', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['an image with a handler', 'a <img src=x onerror="alert(1)"> b'],
    ['a frame', '<iframe src="https://evil.example"></iframe>'],
    ['a style', '<style>*{display:none}</style>'],
    ['a form', '<form action="https://evil.example"><input></form>'],
    ['markup in a cell', '|a|\n|-|\n|<svg onload=alert(1)>|'],
    ['markup in a heading', '# <a href="javascript:alert(1)">x</a>'],
  ])('shows %s as its letters', (_, text) => {
    const page = bare(text)
    expect(page).not.toMatch(/<(?:script|img|iframe|style|form|input|svg|a)\b/)
    expect(page).toContain('&lt;')
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'java&#115;cript:alert(1)',
    'data:text/html,<b>x</b>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/1',
    '//evil.example',
    '/relative',
    '#place',
    'app://bundle/x',
  ])('makes no link of %s', (address) => {
    expect(bare(`[x](${address}) and [y](<${address}>)`)).not.toMatch(/<(?:a|button)\b/)
  })

  it('makes a link a button that does nothing by itself, with its address to be seen', () => {
    expect(bare('[x](https://a.example/?q=1)')).toBe(
      '<p><button type="button" title="https://a.example/?q=1">x</button></p>',
    )
  })

  it('loads no image: it is named, with its address', () => {
    const page = bare('![a cat](https://evil.example/c.png?secret=1)')
    expect(page).not.toMatch(/<img|src=/)
    expect(page).toContain('Image “a cat”, not loaded: <code>https://evil.example/c.png?secret=1</code>')
  })

  it('says in a line why a part is not formatted', () => {
    expect(bare('x'.repeat(20_000))).toContain('so it is shown as plain text.</p><p>xxx')
  })

  it('never breaks the page, wherever a stream stands', () => {
    fc.assert(
      fc.property(documents, fc.nat(500), fc.boolean(), (text, cut, latex) => {
        const part = shown(text.slice(0, cut), { isStreaming: true, latex })
        expect(part).not.toMatch(/<(?:script|img|iframe)\b|href=|javascript:[^<]*"/)
      }),
      { numRuns: 60 },
    )
  })
})
