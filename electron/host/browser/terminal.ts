import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** What the person at the terminal, or the program that started us, is told; nothing else is written to it. */
export interface Terminal {
  say(line: string): void
  complain(line: string): void
}

export const describeStart = (link: string): readonly string[] => [
  'Keywheel runs in your browser. This link works once, within a minute:',
  '',
  `  ${link}`,
  '',
  'Press Enter for a fresh link, Ctrl-C to stop.',
]

export const describeRunning = (link: string, pid: number): readonly string[] => [
  `Keywheel is already running (process ${pid}). This link works once, within a minute:`,
  '',
  `  ${link}`,
]

export const readyJson = (origin: string, link: string): string =>
  JSON.stringify({ kind: 'ready', origin, link, pid: process.pid })

/** Runs `ask` for each line that arrives. An input that has ended asks for nothing, and ends nothing. */
export function onEachLine(input: Readable, ask: () => void): () => void {
  const lines = createInterface({ input })
  lines.on('line', ask)
  // A terminal that went away gives an error here; the process is told by SIGHUP.
  input.on('error', () => undefined)
  return () => {
    lines.close()
    input.destroy()
  }
}
