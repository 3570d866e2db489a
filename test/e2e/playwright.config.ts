import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { defineConfig } from '@playwright/test'
import { electronBinary } from '../../electron/launch/electron-program.ts'
import type { AppOptions } from './support/app.ts'

const root = join(import.meta.dirname, '..', '..')
const hasElectron = existsSync(electronBinary(root, { platform: process.platform, env: process.env }))

/** The same specifications for every host; real Electron joins in where its binary is found (npm test says which). */
export default defineConfig<AppOptions>({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: join(root, 'test-results'),
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'line',
  projects: [
    { name: 'browser-host', use: { host: 'browser-host' } },
    { name: 'electron-stand-in', use: { host: 'electron-stand-in' } },
    ...(hasElectron ? [{ name: 'electron', use: { host: 'electron' as const } }] : []),
  ],
})
