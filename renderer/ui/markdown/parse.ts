import { Marked, type MarkedToken, type TokenizerAndRendererExtension } from 'marked'
import remend from 'remend'

/** A formula inside a text. */
export interface MathToken {
  type: 'math'
  raw: string
  text: string
  isBlock: boolean
}
export type ShownToken = MarkedToken | MathToken

/** Marked's tokens are drawn as elements and never become markup. */
const plain = new Marked({ gfm: true, breaks: true })
const withLatex = new Marked({ gfm: true, breaks: true, extensions: [mathExtension()] })

export function parseMarkdown(source: string, latex: boolean): readonly ShownToken[] | null {
  try {
    return (latex ? withLatex : plain).lexer(source) as readonly ShownToken[]
  } catch {
    // Nested deeper than the stack: it is shown as it was written.
    return null
  }
}

/** Closes what a stream has opened and not yet closed, so that a half bold word is bold and not two stars. */
export function completed(source: string): string {
  return remend(source, { linkMode: 'text-only', htmlTags: false, katex: false })
}

/** `$…$` hugs its formula and is not followed by a digit, so that prices stay prices. */
const inlineMath = /^\$(?!\s)((?:\\.|[^\\\n$])+?)(?<!\s)\$(?!\d)/
const blockMath = /^\$\$([^$]+?)\$\$/
const parenMath = /^\\\((.+?)\\\)/
const bracketMath = /^\\\[([\s\S]+?)\\\]/

function mathExtension(): TokenizerAndRendererExtension {
  return {
    name: 'math',
    level: 'inline',
    start: (source) => {
      const at = source.search(/\$|\\[([]/)
      return at === -1 ? undefined : at
    },
    tokenizer: (source) => {
      const block = blockMath.exec(source) ?? bracketMath.exec(source)
      const found = block ?? parenMath.exec(source) ?? inlineMath.exec(source)
      if (!found) return undefined
      return { type: 'math', raw: found[0], text: (found[1] ?? '').trim(), isBlock: block !== null }
    },
  }
}
