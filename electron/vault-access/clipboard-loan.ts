// A copied secret leaves the clipboard after a while, and what a person has copied since then stays.
import { createHash, randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import * as z from 'zod'
import type { Clock } from '../rotation/clock.ts'

/** The system's clipboard, as far as main may use it. */
export interface Clipboard {
  read(): Promise<string>
  write(text: string): Promise<void>
  clear(): void
  /** Where a loan is noted, so that one that a crash left behind is taken back at the next start. May be lost. */
  readonly memory?: { read(): unknown; write(loan: unknown): void }
}

export const clipboardMs = 30_000

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64')

/** What is noted on the disk is slow to guess from, because a secret may be short. */
const Noted = z.object({ salt: z.string(), digest: z.string() })
const derive = promisify(scrypt) as (text: string, salt: string, bytes: number) => Promise<Buffer>
const digestOf = async (text: string, salt: string) => (await derive(text, salt, 32)).toString('base64')

export interface ClipboardLoanDeps {
  clipboard: Clipboard
  clock: Pick<Clock, 'schedule'>
  reportBug: (error: unknown) => void
}

export function createClipboardLoan({ clipboard, clock, reportBug }: ClipboardLoanDeps) {
  /** By hash, so that the secret is not kept here as well. */
  let lent: string | null = null
  let noted: string | null = null
  let cancel = () => {}
  const { memory } = clipboard

  /** That it cannot be noted is no reason not to lend. */
  function note(loan: z.infer<typeof Noted> | null): void {
    try {
      memory?.write(loan)
    } catch {
      // The disk is full, or cannot be written.
    }
  }

  async function noteLoan(secret: string): Promise<void> {
    if (memory === undefined) return
    const salt = randomBytes(16).toString('base64')
    noted = await digestOf(secret, salt)
    note({ salt, digest: noted })
  }

  /** What another loan has noted since is its own. */
  function forgetLoan(): void {
    const now = Noted.safeParse(memory?.read())
    if (now.success && now.data.digest === noted) note(null)
    noted = null
  }

  async function takeBackLeftBehind(): Promise<void> {
    const left = Noted.safeParse(memory?.read())
    if (!left.success) return
    const held = await clipboard.read()
    if (held !== '' && (await digestOf(held, left.data.salt)) === left.data.digest) clipboard.clear()
    const now = Noted.safeParse(memory?.read())
    if (now.success && now.data.digest === left.data.digest) note(null)
  }

  async function takeBack(): Promise<void> {
    cancel()
    const hash = lent
    lent = null
    if (hash !== null && hashOf(await clipboard.read()) === hash) clipboard.clear()
    forgetLoan()
  }

  takeBackLeftBehind().catch(reportBug)

  return {
    async lend(secret: string): Promise<void> {
      cancel()
      await noteLoan(secret)
      await clipboard.write(secret)
      lent = hashOf(secret)
      cancel = clock.schedule(clipboardMs, () => void takeBack().catch(reportBug))
    },
    takeBack,
  }
}
