import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { chromiumFlags, chromiumPath } from '../chromium.ts'
import { connectDevTools, type DevTools } from './devtools.ts'

/**
 * The stand-in's Chromium. Our side holds its debugging pipe, so that it ends with us, however we end; a test drives
 * the same browser through the debugging port beside it.
 */
export interface Chromium {
  devTools: DevTools
  /** Where a test connects to, as http://127.0.0.1:PORT. */
  address: string
  close(): Promise<void>
}

export async function startChromium(profileFolder: string, locale: string): Promise<Chromium> {
  await rm(profileFolder, { recursive: true, force: true })
  await mkdir(profileFolder, { recursive: true })
  const child = spawn(
    chromiumPath,
    [
      ...chromiumFlags,
      '--headless',
      // Electron's documentation, Message Ports: a port of Electron's pages tells when it is closed; the web's does not.
      '--enable-blink-features=MessagePortCloseEvent',
      '--no-startup-window',
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      `--lang=${locale}`,
      `--accept-lang=${locale}`,
      `--user-data-dir=${profileFolder}`,
    ],
    // It says nothing on our standard output, but whoever waits for that to close waits for the browser to be gone too.
    { stdio: ['ignore', 'inherit', 'pipe', 'pipe', 'pipe'] },
  )
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const [, , stderr, toBrowser, fromBrowser] = child.stdio
  const devTools = connectDevTools(toBrowser as Writable, fromBrowser as Readable)
  const address = await Promise.race([readAddress(stderr as Readable), failWhen(exited)])
  return {
    devTools,
    address,
    async close() {
      await devTools.browser.send('Browser.close').catch(() => child.kill('SIGKILL'))
      await exited
      await rm(profileFolder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function readAddress(stderr: Readable): Promise<string> {
  for await (const line of createInterface(stderr)) {
    const match = /^DevTools listening on ws:\/\/([^/]+)\//.exec(line)
    if (match) {
      stderr.resume()
      return `http://${match[1]}`
    }
  }
  throw new Error('Chromium printed no debugging address')
}

async function failWhen(exited: Promise<void>): Promise<never> {
  await exited
  throw new Error(`Chromium at ${chromiumPath} ended at once`)
}
