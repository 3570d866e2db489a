import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

/**
 * Loaded before the application, it can leave out what is told of requests, and with it everything that listens: what a
 * request costs less is what its events and the journal cost. Whether it does is asked of `globalThis.isBusSilent` each
 * time, so that one process is held against itself: two of the same program differ by more than what is measured.
 */
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context)
    if (!url.endsWith('/electron/events/bus.ts')) return loaded
    const source = readFileSync(new URL(url), 'utf8').replace(
      'publish(input) {',
      "publish(input) {\n      if (globalThis.isBusSilent && ('requestId' in input || input.kind === 'key-state')) return",
    )
    return { ...loaded, source }
  },
})
