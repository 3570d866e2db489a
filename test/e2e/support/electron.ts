import process from 'node:process'
import { _electron } from '@playwright/test'
import { electronBinary } from '../../../electron/launch/electron-program.ts'
import { collectPageErrors } from './page-errors.ts'
import type { HostStart, RunningHost } from './running-host.ts'

/** Electron itself, where its binary is at hand. */
export async function startElectron(start: HostStart): Promise<RunningHost> {
  const env = Object.fromEntries(
    Object.entries(start.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const electron = await _electron.launch({
    executablePath: electronBinary(start.root, { platform: process.platform, env: process.env }),
    args: [start.root, `--lang=${start.language}`],
    env,
  })
  const page = await electron.firstWindow()
  const errors = collectPageErrors(page)
  await page.setViewportSize(start.size)
  await page.emulateMedia({ colorScheme: start.theme, reducedMotion: 'reduce' })
  const closed = new Promise<void>((resolve) => electron.process().once('close', () => resolve()))
  return {
    page,
    complaints: () => errors,
    quit: () => electron.close(),
    async kill() {
      electron.process().kill('SIGKILL')
      await closed
    },
  }
}
