// A copied secret leaves the clipboard after a while, and what a person has copied since then stays.
import { createHash } from 'node:crypto'
import type { Clock } from '../rotation/clock.ts'

/** The system's clipboard, as far as main may use it. */
export interface Clipboard {
  read(): Promise<string>
  write(text: string): Promise<void>
  clear(): void
}

export const clipboardMs = 30_000

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')

export interface ClipboardLoanDeps {
  clipboard: Clipboard
  clock: Pick<Clock, 'schedule'>
  reportBug: (error: unknown) => void
}

export function createClipboardLoan({ clipboard, clock, reportBug }: ClipboardLoanDeps) {
  /** By hash, so that the secret is not kept here as well. */
  let lent: string | null = null
  let cancel = () => {}

  async function takeBack(): Promise<void> {
    cancel()
    const hash = lent
    lent = null
    if (hash !== null && hashOf(await clipboard.read()) === hash) clipboard.clear()
  }

  return {
    async lend(secret: string): Promise<void> {
      cancel()
      await clipboard.write(secret)
      lent = hashOf(secret)
      cancel = clock.schedule(clipboardMs, () => void takeBack().catch(reportBug))
    },
    takeBack,
  }
}
