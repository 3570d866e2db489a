import { createTokenCounter } from './token-counter.ts'

/** One for the page. */
export const pageTokenCounter = createTokenCounter(
  () => new Worker(new URL('token-worker.ts', import.meta.url), { type: 'module', name: 'tokens' }),
)
