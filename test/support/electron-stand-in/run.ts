import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runtime } from './runtime.ts'

/**
 * Runs an Electron application as it is built, main and preload unmodified, on Node and the system's Chromium:
 * `node test/support/electron-stand-in/run.ts [folder]`. It proves the application's own wiring, not Electron: every
 * imitated call is read from Electron's documentation, and has a line in docs/release-checklist.md for the real thing.
 */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context)
    return { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
  },
})

const folder = resolve(process.argv[2] ?? '.')
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main: string; version?: string }
runtime.appFolder = folder
runtime.version = manifest.version ?? '0.0.0'
// Electron's documentation, process: the main process says `browser`.
Object.defineProperty(process, 'type', { value: 'browser' })

const { readCommands } = await import('./command.ts')
readCommands()
const { app } = await import('./app.ts')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())

await import(pathToFileURL(join(folder, manifest.main)).href)
