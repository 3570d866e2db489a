import { createHighlighter } from './highlighter.ts'

/** One for the page. */
export const pageHighlighter = createHighlighter(
  () => new Worker(new URL('highlight-worker.ts', import.meta.url), { type: 'module', name: 'highlight' }),
)
