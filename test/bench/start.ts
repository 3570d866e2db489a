import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser } from '@playwright/test'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { atMost, type Bench } from './figure.ts'

const dist = join(import.meta.dirname, '..', '..', 'dist')
const rounds = 7
/** Long enough that what a start leaves to be done is done. */
const idleAfterMs = 3_000

interface Running {
  readonly process: ChildProcess
  readonly link: string
  readonly startedAtMs: number
  stop(): Promise<void>
}

/** From the start of the host's process to the first paint of the page, the weight of its script, and its memory at rest. */
export const figures: Bench = async () => {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...chromiumFlags] })
  try {
    // The first round warms the file cache and Chromium, and is not counted.
    await measureStart(browser)
    const measured = []
    for (let round = 0; round < rounds; round += 1) measured.push(await measureStart(browser))
    const paints = measured.map(({ firstPaintMs }) => firstPaintMs)
    const memory = measured.map(({ residentMegabytes }) => residentMegabytes)
    return [
      atMost('start to first paint', 'ms', 1_500, paints),
      { name: 'start first-load script', value: firstLoadKilobytes(), unit: 'KB gzip', goal: { atMost: 250 } },
      atMost('start idle memory', 'MB', 120, memory),
    ]
  } finally {
    await browser.close()
  }
}

async function measureStart(browser: Browser): Promise<{ firstPaintMs: number; residentMegabytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'keywheel-bench-'))
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const running = await startHost(join(folder, 'data'))
    await page.goto(running.link)
    const firstPaintMs = (await firstContentfulPaintAtMs(page)) - running.startedAtMs
    await delay(idleAfterMs)
    const residentMegabytes = residentBytes(running.process.pid ?? 0) / 1024 / 1024
    await running.stop()
    return { firstPaintMs, residentMegabytes }
  } finally {
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function startHost(dataFolder: string): Promise<Running> {
  const startedAtMs = performance.timeOrigin + performance.now()
  const child = spawn(process.execPath, [join(dist, 'main', 'browser.js'), '--print-ready-json'], {
    env: { ...process.env, KEYWHEEL_DATA: dataFolder, KEYWHEEL_PORT: '0' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The host ended with code ${code} before it was ready.`)))
    createInterface({ input: child.stdout }).once('line', (line) => {
      const { link } = JSON.parse(line) as { link: string }
      resolve({ process: child, link, startedAtMs, stop })
    })
  })
}

/** Chromium's own mark, in wall-clock time, so that it can be held against the start of another process. */
async function firstContentfulPaintAtMs(page: Awaited<ReturnType<Browser['newPage']>>): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
  return page.evaluate(() => {
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return performance.timeOrigin + (paint?.startTime ?? Number.NaN)
  })
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}

/** Every script that the page names or that those import statically; what is loaded later, on demand, is not in it. */
function firstLoadKilobytes(): number {
  const root = join(dist, 'renderer')
  const html = readFileSync(join(root, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, path]) => path ?? '')
  const seen = new Set<string>()
  const queue = named.map((path) => path.replace(/^.*\//, ''))
  const folder = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'))
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    queue.push(...staticImports(readFileSync(join(root, pathOf(folder, file)), 'utf8')))
  }
  const bytes = [...seen].map((file) => gzipSync(readFileSync(join(root, pathOf(folder, file)))).length)
  return bytes.reduce((sum, size) => sum + size, 0) / 1024
}

function pathOf(paths: readonly string[], file: string): string {
  const found = paths.find((path) => path === file || path.endsWith(`/${file}`))
  if (found === undefined) throw new Error(`${file} was not built.`)
  return found
}

const staticImports = (source: string) =>
  [...source.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g)].map(([, file]) => file ?? '')
