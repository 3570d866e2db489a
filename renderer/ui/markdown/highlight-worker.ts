/** Runs in a thread of the page: code in, the lengths and styles of its pieces out. Nothing is loaded from here. */
import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { answerCalls } from '../answer-calls.ts'
import { highlightedLines, themeVariables } from './highlight-lines.ts'
import type { CodeToHighlight } from './highlighter.ts'
import { languages } from './languages.ts'

const ready = createHighlighterCore({
  themes: [createCssVariablesTheme({ name: 'keywheel', variablePrefix: themeVariables })],
  langs: languages,
  // WebAssembly is code from bytes, which the page's policy forbids.
  engine: createJavaScriptRegexEngine({ forgiving: true }),
})

answerCalls(async ({ language, code }: CodeToHighlight) => highlightedLines(await ready, language, code))
