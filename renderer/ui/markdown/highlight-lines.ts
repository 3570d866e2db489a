import type { HighlighterCore } from 'shiki/core'
import { styleNames, type Highlighted } from './highlighter.ts'

export const themeVariables = '--code-'

const styles: readonly string[] = styleNames
const same: Readonly<Record<string, string>> = { 'string-expression': 'string', link: 'string', changed: 'inserted' }
const longestLineMs = 200
/** Names that the grammars do not know themselves by. */
const alsoCalled: Readonly<Record<string, string>> = { env: 'dotenv', golang: 'go', python3: 'python', zsh: 'bash' }

/** Null for a language that is not known here. */
export async function highlightedLines(
  highlighter: HighlighterCore,
  language: string,
  code: string,
): Promise<Highlighted> {
  const name = language.toLowerCase()
  const lang = alsoCalled[name] ?? name
  const isKnown = highlighter.getLoadedLanguages().includes(lang)
  if (!isKnown) return null
  const lines = highlighter.codeToTokensBase(code, { lang, theme: 'keywheel', tokenizeTimeLimit: longestLineMs })
  return lines.map((tokens) => tokens.flatMap(({ content, color }) => [content.length, styleOf(color)]))
}

/** `var(--code-token-string)` names the style. */
function styleOf(color: string | undefined): number {
  const name = /--code-token-([a-z-]+)/.exec(color ?? '')?.[1] ?? 'plain'
  return Math.max(0, styles.indexOf(same[name] ?? name))
}
