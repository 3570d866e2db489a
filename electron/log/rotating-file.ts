// A log may lose lines, and never holds anybody up: lines are gathered and written behind, and what finds no room is counted.
import { appendFile, chmod, open, rename, rm, stat } from 'node:fs/promises'

export interface RotatingFileDeps {
  path: string
  schedule: (delayMs: number, task: () => void) => () => void
  limits?: Partial<RotatingFileLimits>
}

export interface RotatingFileLimits {
  /** A file is not continued beyond this; the one before it is kept beside it. */
  bytes: number
  waitingLines: number
  flushMs: number
}

export const rotatingFileLimits: RotatingFileLimits = { bytes: 5 * 1024 * 1024, waitingLines: 5_000, flushMs: 200 }

export interface RotatingFile {
  write: (line: string) => void
  /** The last lines, oldest first, with those that still wait. */
  tail: (lines: number) => Promise<string[]>
  /** Writes what waits. */
  close: () => Promise<void>
}

export const olderPath = (path: string) => path.replace(/(\.[^.]+)?$/, '.1$1')

export function createRotatingFile({ path, schedule, limits: given }: RotatingFileDeps): RotatingFile {
  const limits = { ...rotatingFileLimits, ...given }
  let waiting: string[] = []
  let lost = 0
  let stopTimer: (() => void) | null = null
  let writing: Promise<void> = Promise.resolve()

  function flush(): Promise<void> {
    stopTimer?.()
    stopTimer = null
    const lines = waiting
    const missing = lost
    if (lines.length === 0) return writing
    waiting = []
    lost = 0
    const text =
      lines.join('') + (missing > 0 ? `${JSON.stringify({ event: 'log-lines-lost', lines: missing })}\n` : '')
    writing = writing.then(() => append(text)).catch(() => void (lost += lines.length + missing))
    return writing
  }

  async function append(text: string): Promise<void> {
    const { size } = await stat(path).catch(() => ({ size: 0 }))
    if (size > 0 && size + text.length > limits.bytes) await rotate()
    await appendFile(path, text, { mode: 0o600 })
  }

  async function rotate(): Promise<void> {
    await rm(olderPath(path), { force: true })
    await rename(path, olderPath(path))
    if (process.platform !== 'win32') await chmod(olderPath(path), 0o600)
  }

  return {
    write(line) {
      if (waiting.length >= limits.waitingLines) lost += 1
      else waiting.push(line)
      stopTimer ??= schedule(limits.flushMs, () => void flush())
    },
    async tail(count) {
      await flush()
      const newer = await lastLines(path, count)
      const older = newer.length < count ? await lastLines(olderPath(path), count - newer.length) : []
      return [...older, ...newer]
    },
    close: flush,
  }
}

const bytesPerLine = 512

/** Reads no more of a large file than so many lines can fill. */
async function lastLines(path: string, count: number): Promise<string[]> {
  const file = await open(path, 'r').catch(() => null)
  if (!file) return []
  try {
    const { size } = await file.stat()
    const length = Math.min(size, count * bytesPerLine)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length)
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n').slice(0, -1)
    // The first of them began before what was read.
    return (length < size ? lines.slice(1) : lines).slice(-count)
  } finally {
    await file.close()
  }
}
