import { dirname } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import { createApp, type AppEffects } from '../../electron/app.ts'
import type { Host } from '../../electron/host/host.ts'
import { fastDerive } from '../vault/vault-builder.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** The whole application over a fresh data folder, called as a page would call it. */
export async function aTestApp(over: Partial<Host> = {}, effects: Partial<AppEffects> = {}) {
  const dataFolder = over.dataFolder ?? temporaryFolder()
  const kept = new Map<string, unknown>()
  const bugs: unknown[] = []
  const host: Host = {
    kind: 'browser',
    dataFolder,
    homeFolder: dirname(dataFolder),
    locale: 'en-GB',
    canClearClipboard: false,
    protectors: [],
    settings: { get: (name) => kept.get(name), set: (name, value) => void kept.set(name, value) },
    ...over,
  }
  const app = await createApp(host, {
    // Full jitter of nothing: the pauses between retries take no time.
    random: () => 0,
    reportBug: (error) => bugs.push(error),
    // The real derivation is slow on purpose, and is tested with the vault.
    deriveKey: fastDerive,
    simulatorPace: { wordDelayMs: 0, slowFirstByteMs: 5 },
    ...effects,
  })
  onTestFinished(() => app.close())
  return { client: createRouterClient(app.router), app, host, bugs }
}

export const aPassphrase = 'correct horse battery staple'
