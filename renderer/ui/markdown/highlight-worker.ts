/** Runs in a thread of the page: code in, the lengths and styles of its pieces out. Nothing is loaded from here. */
import { createCssVariablesTheme, createHighlighterCore } from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'
import { highlightedLines, themeVariables } from './highlight-lines.ts'
import type { HighlightReply, HighlightRequest } from './highlighter.ts'
import { languages } from './languages.ts'

const theme = createCssVariablesTheme({ name: 'keywheel', variablePrefix: themeVariables })
const ready = createHighlighterCore({
  themes: [theme],
  langs: languages,
  // WebAssembly is code from bytes, which the page's policy forbids.
  engine: createJavaScriptRegexEngine({ forgiving: true }),
})

self.addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => void reply(data))

async function reply({ id, language, code }: HighlightRequest): Promise<void> {
  const lines = await highlightedLines(await ready, language, code).catch(() => null)
  // A thread has no other origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage({ id, lines } satisfies HighlightReply)
}
