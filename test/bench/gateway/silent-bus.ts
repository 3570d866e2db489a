import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/**
 * Loaded before the application, it leaves out what is told of requests, and with it everything that listens: what a
 * request costs less is what its events and the journal cost.
 */
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith('/electron/events/bus.ts')) return loaded
    const source = readFileSync(new URL(url), 'utf8').replace(
      'publish(input) {',
      "publish(input) {\n      if ('requestId' in input || input.kind === 'key-state') return",
    )
    return { ...loaded, source }
  },
})
