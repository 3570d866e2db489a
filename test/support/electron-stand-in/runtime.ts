import type { Chromium } from './chromium.ts'
import { mapSchemes, type SchemeMap } from './scheme-map.ts'

/** What the imitated modules share: the application that runs, its browser once it is there, the registered schemes. */
export const runtime = {
  appFolder: process.cwd(),
  version: '0.0.0',
  schemes: new Set<string>(),
  chromium: undefined as Chromium | undefined,
}

export const schemeMap: SchemeMap = mapSchemes((scheme) => runtime.schemes.has(scheme))

export function requireChromium(what: string): Chromium {
  if (runtime.chromium === undefined) throw new Error(`${what} cannot be used before the app is ready`)
  return runtime.chromium
}
