import { createContext, use } from 'react'

/** What an answer may ask for, always by a person's click. */
export interface MarkdownMode {
  openLink: (address: URL) => void
  copy: (text: string) => void
  /** Formulas between dollar signs and in `\\(…\\)` are drawn. */
  latex: boolean
}

export const MarkdownContext = createContext<MarkdownMode>({
  openLink: () => undefined,
  copy: () => undefined,
  latex: false,
})

export const useMarkdown = (): MarkdownMode => use(MarkdownContext)
