import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import process from 'node:process'
import type { Browser } from '@playwright/test'
import { collectPageErrors } from './page-errors.ts'
import { complaintsIn, type HostStart, type RunningHost } from './running-host.ts'

interface Ready {
  kind: 'ready'
  link: string
}

/** The browser host on a free port, and its one-time link opened in a browser of its own. */
export async function startBrowserHost(start: HostStart, browser: Browser): Promise<RunningHost> {
  const program = join(start.root, 'dist', 'main', 'browser.js')
  const child = spawn(process.execPath, [program, '--print-ready-json'], {
    env: { ...start.env, KEYWHEEL_PORT: '0' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => (stderr += part))
  const ended = once(child, 'close')
  const tooEarly = ended.then(([code]) => {
    throw new Error(`The browser host ended (${code}) before it was ready:\n${stderr}`)
  })
  const { link } = await Promise.race([readReady(child.stdout), tooEarly])

  const context = await browser.newContext({
    viewport: start.size,
    colorScheme: start.theme,
    locale: start.language,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const errors = collectPageErrors(page)
  await page.goto(link)

  const end = async (signal: NodeJS.Signals) => {
    await context.close()
    child.kill(signal)
    await ended
  }
  return {
    page,
    complaints: () => [...errors, ...complaintsIn(stderr)],
    quit: () => end('SIGTERM'),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
      await context.close()
    },
  }
}

async function readReady(stdout: NodeJS.ReadableStream): Promise<Ready> {
  for await (const line of createInterface(stdout)) {
    if (!line.startsWith('{')) continue
    const ready = JSON.parse(line) as Ready
    // What follows is not read, and must not stop the process that writes it.
    stdout.resume()
    return ready
  }
  throw new Error('The browser host said nothing.')
}
