/** What a page costs while it runs, as Chromium itself counts it. */
import type { Browser, CDPSession, Page } from '@playwright/test'

export interface PageLoad {
  /** Share of the time that the main thread's tasks had the processor. */
  busyShare: number
  framesPerSecond: number
}

/** Runs in the page, before its own scripts. */
const watchScript = `
  window.benchFrames = 0
  const count = () => {
    benchFrames += 1
    requestAnimationFrame(count)
  }
  requestAnimationFrame(count)
`

export const watchPage = (page: Page): Promise<unknown> => page.addInitScript({ content: watchScript })

export async function measurePage(page: Page, cdp: CDPSession, forMs: number): Promise<PageLoad> {
  const before = await metrics(cdp)
  const beganMs = performance.now()
  await page.evaluate('void (benchFrames = 0)')
  await page.waitForTimeout(forMs)
  const frames = await page.evaluate<number>('benchFrames')
  const after = await metrics(cdp)
  const seconds = (performance.now() - beganMs) / 1_000
  return { busyShare: (after('TaskDuration') - before('TaskDuration')) / seconds, framesPerSecond: frames / seconds }
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  args: { name?: string }
  /** Microseconds of the processor. */
  tdur?: number
}

/** By the processor's time: another program that runs meanwhile makes no task of ours longer. */
export async function longestTaskMs(browser: Browser, page: Page, during: () => Promise<unknown>): Promise<number> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  await during()
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const named = traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const threads = new Set(named.map(threadOf))
  const tasks = traceEvents.filter((event) => event.ph === 'X' && threads.has(threadOf(event)))
  // A long trace has more tasks than a call has room for arguments.
  return tasks.reduce((longest, { tdur }) => Math.max(longest, (tdur ?? 0) / 1_000), 0)
}

/** What is in use after everything that can be freed has been. */
export async function heapMegabytes(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = await cdp.send('Runtime.getHeapUsage')
  return usedSize / 1024 / 1024
}

async function metrics(cdp: CDPSession): Promise<(name: string) => number> {
  const { metrics: list } = await cdp.send('Performance.getMetrics')
  const values = new Map(list.map(({ name, value }) => [name, value]))
  return (name) => values.get(name) ?? Number.NaN
}

/** From one view to another until `isThere` is found, in the page's own time. */
export const openingMs = (page: Page, view: string, isThere: string): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now()
    const look = () => requestAnimationFrame(() =>
      document.querySelector('${isThere}') ? resolve(performance.now() - began) : look())
    location.hash = '#/${view}'
    look()
  })`)
