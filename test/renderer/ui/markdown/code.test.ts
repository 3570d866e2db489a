import * as fc from 'fast-check'
import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { describe, expect, it } from 'vitest'
import { codeChunks, linesOfChunk, plainChunks } from '../../../../renderer/ui/markdown/code-chunks.ts'
import { decodeEntities } from '../../../../renderer/ui/markdown/entities.ts'
import { highlightedLines, themeVariables } from '../../../../renderer/ui/markdown/highlight-lines.ts'
import {
  createHighlighter,
  styleNames,
  type CodeToHighlight,
  type Highlighted,
} from '../../../../renderer/ui/markdown/highlighter.ts'
import { languages } from '../../../../renderer/ui/markdown/languages.ts'

describe('the pieces of a code block', () => {
  it('are all of it, each of few lines', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 300 }), { maxLength: 200 }), (lines) => {
        const text = lines.join('\n')
        const chunks = codeChunks(text)
        expect(chunks.map((chunk) => chunk.text).join('')).toBe(text)
        expect(chunks.every((chunk) => chunk.lines <= linesOfChunk && chunk.text.length <= 4_001)).toBe(true)
      }),
    )
  })

  it('say which line they begin with', () => {
    const chunks = codeChunks(Array.from({ length: 90 }, (_, line) => `line ${line}`).join('\n'))
    expect(chunks.map(({ firstLine }) => firstLine)).toEqual([0, 40, 80])
    expect(chunks[2]?.text.startsWith('line 80\n')).toBe(true)
  })

  it('stay as they are while the block grows', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20_000, unit: fc.constantFrom('a', '\n', 'bcd ') }),
        fc.nat(20_000),
        (text, at) => {
          const before = codeChunks(text.slice(0, at)).slice(0, -1)
          expect(codeChunks(text).slice(0, before.length)).toEqual(before)
        },
      ),
    )
  })

  it('cut a line of a megabyte, and never a character in two', () => {
    for (const cut of [codeChunks, plainChunks]) {
      const chunks = cut('😀'.repeat(250_000)).map((chunk) => (typeof chunk === 'string' ? chunk : chunk.text))
      expect(chunks.join('')).toHaveLength(500_000)
      expect(chunks.every((chunk) => chunk.isWellFormed() && chunk.length <= 4_001)).toBe(true)
    }
  })
})

/** A thread that answers when it is told to. */
function aWorker() {
  const asked: { id: number; question: CodeToHighlight }[] = []
  const listeners: { message?: (event: { data: { id: number; answer: Highlighted } }) => void; error?: () => void } = {}
  return {
    asked,
    reply: (data: { id: number; answer: Highlighted }) => listeners.message?.({ data }),
    break: () => listeners.error?.(),
    worker: {
      postMessage: (call: { id: number; question: CodeToHighlight }) => void asked.push(call),
      addEventListener(...[kind, listen]: ['message', NonNullable<typeof listeners.message>] | ['error', () => void]) {
        if (kind === 'message') listeners.message = listen
        else listeners.error = listen
      },
    },
  }
}

describe('the colours of code', () => {
  it('are asked for once, and start no thread before', async () => {
    const { asked, reply, worker } = aWorker()
    let started = 0
    const { highlight } = createHighlighter(() => {
      started += 1
      return worker
    })
    expect(await highlight('', 'a')).toBeNull()
    expect(started).toBe(0)
    const first = highlight('ts', 'let a')
    const second = highlight('ts', 'let a')
    expect(asked).toEqual([{ id: 1, question: { language: 'ts', code: 'let a' } }])
    reply({ id: 1, answer: [[3, 1]] })
    expect(await Promise.all([first, second])).toEqual([[[3, 1]], [[3, 1]]])
  })

  it('are left out for code that is too long, and when the thread fails', async () => {
    const { asked, break: fail, worker } = aWorker()
    const { highlight } = createHighlighter(() => worker)
    expect(await highlight('ts', 'x'.repeat(5_000))).toBeNull()
    expect(asked).toEqual([])
    const waiting = highlight('ts', 'let a')
    fail()
    expect(await waiting).toBeNull()
    expect(await highlight('ts', 'let b')).toBeNull()
  })

  it('are left out where no thread can be started', async () => {
    const { highlight } = createHighlighter(() => {
      throw new TypeError('refused')
    })
    expect(await highlight('ts', 'let a')).toBeNull()
  })

  it('cover every letter of every line, in each language by its usual names', async () => {
    const highlighter = await createHighlighterCore({
      themes: [createCssVariablesTheme({ name: 'keywheel', variablePrefix: themeVariables })],
      langs: languages,
      engine: createJavaScriptRegexEngine({ forgiving: true }),
    })
    for (const name of [
      'py',
      'ts',
      'tsx',
      'js',
      'bash',
      'sh',
      'json',
      'yaml',
      'c++',
      'cpp',
      'c#',
      'Rust',
      'sql',
      'env',
    ]) {
      const code = 'def f(a): # note\n  return "x" + 1\n'
      const lines = await highlightedLines(highlighter, name, code)
      const lengths = lines?.map((pieces) => pieces.filter((_, place) => place % 2 === 0).reduce((a, b) => a + b, 0))
      expect([name, lengths]).toEqual([name, [16, 16, 0]])
    }
    const python = await highlightedLines(highlighter, 'python', 'def f(): # note')
    const styles = (python?.[0] ?? []).filter((_, place) => place % 2 === 1).map((style) => styleNames[style])
    expect(styles).toEqual(expect.arrayContaining(['keyword', 'function', 'comment']))
    expect(await highlightedLines(highlighter, 'klingon', 'a')).toBeNull()
  })
})

describe('character references', () => {
  it('become their characters, and stay what they are when there is no such character', () => {
    expect(decodeEntities('a &lt; b &amp;&#38; &#x4e2d; &nosuch; &constructor; &#0; &#xD800;')).toBe(
      'a < b && 中 &nosuch; &constructor; \ufffd \ufffd',
    )
  })
})
