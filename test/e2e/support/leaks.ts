import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { createScanner, type Hit } from '../../leaks/scanner.ts'
import type { App } from './app.ts'

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Every file that the application can have written: its data, its keys' folder, and the home it was given. */
export async function scanDisk(app: App, canaries: Record<string, string>): Promise<Hit[]> {
  const scanner = createScanner(canaries)
  const hits: Hit[] = []
  for (const file of await filesBelow(dirname(app.dataFolder))) {
    // Chromium removes its own files while they are being looked at.
    const bytes = await readFile(file).catch(() => Buffer.alloc(0))
    hits.push(...scanner.scan(file, bytes))
  }
  return hits
}

/** What the page shows and keeps, and what its fields hold. */
export async function pageText(page: Page): Promise<string> {
  // As text, because the tests are not compiled for a page.
  const kept = await page.evaluate<string>(`JSON.stringify([
    Object.entries(localStorage),
    Object.entries(sessionStorage),
    [...document.querySelectorAll('input, textarea')].map((field) => field.value),
    document.title,
  ])`)
  return `${await page.content()}\n${kept}`
}

/** Arguments and environment of the process that holds the data folder. */
export async function processText(app: App): Promise<string> {
  const lock = await readFile(join(app.dataFolder, 'instance.lock'), 'utf8')
  const { pid } = JSON.parse(lock) as { pid: number }
  const parts = await Promise.all(['cmdline', 'environ'].map((name) => readFile(`/proc/${pid}/${name}`, 'latin1')))
  return parts.join('\n')
}

/** Everything that main sends to a page in a browser; a desktop window has no socket to listen at. */
export function receivedBy(page: Page): string[] {
  const frames: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString()))
  })
  return frames
}

/** The page's heap after a collection: what a person can no longer see should be gone from memory too. */
export async function heapText(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return chunks.join('')
}

/** What a screen reader is told. */
export async function spokenText(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const tree = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  return JSON.stringify(tree)
}
