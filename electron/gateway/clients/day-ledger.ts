import * as z from 'zod'

/** Where the ledger lies between two runs. */
export interface LedgerFile {
  /** Null when there is none yet. */
  read: () => Promise<Uint8Array | null>
  write: (bytes: Uint8Array) => Promise<void>
}

/**
 * The tokens of every client since local midnight. They are written down soon after they change, so that a restart does
 * not give a client its budget anew; a crash forgets at most the last few seconds, and a file that cannot be used is as
 * good as none.
 */
export interface DayLedger {
  of: (client: string) => number
  add: (client: string, tokens: number) => void
  /** When the day that is counted now is over. */
  endsAtMs: () => number
  keepOnly: (clients: ReadonlySet<string>) => void
  close: () => Promise<void>
}

export interface LedgerDeps {
  file: LedgerFile
  wallMs: () => number
  schedule: (delayMs: number, task: () => void) => () => void
  reportBug: (error: unknown) => void
}

const writeAfterMs = 2_000

const Kept = z.object({
  version: z.literal(1),
  dayStartMs: z.number(),
  tokens: z.record(z.string(), z.number().int().min(0)),
})

export async function openDayLedger({ file, wallMs, schedule, reportBug }: LedgerDeps): Promise<DayLedger> {
  let day = dayAround(wallMs())
  const kept = await readKept(file)
  const tokens = new Map(kept?.dayStartMs === day.startMs ? Object.entries(kept.tokens) : [])
  let cancel: (() => void) | null = null
  let writing = Promise.resolve()

  function roll() {
    const nowMs = wallMs()
    if (nowMs >= day.startMs && nowMs < day.endMs) return
    day = dayAround(nowMs)
    tokens.clear()
  }

  function write() {
    cancel = null
    const text = JSON.stringify({ version: 1, dayStartMs: day.startMs, tokens: Object.fromEntries(tokens) })
    // One after the other: the last state is the one that stays.
    writing = writing.then(() => file.write(Buffer.from(text))).catch(reportBug)
  }

  return {
    of(client) {
      roll()
      return tokens.get(client) ?? 0
    },
    add(client, count) {
      roll()
      tokens.set(client, (tokens.get(client) ?? 0) + count)
      cancel ??= schedule(writeAfterMs, write)
    },
    endsAtMs() {
      roll()
      return day.endMs
    },
    keepOnly(clients) {
      for (const client of tokens.keys()) if (!clients.has(client)) tokens.delete(client)
    },
    async close() {
      if (cancel) {
        cancel()
        write()
      }
      await writing
    },
  }
}

/** From local midnight to local midnight: 23 to 25 hours, where clocks are moved. */
function dayAround(atMs: number) {
  const at = new Date(atMs)
  const midnight = (days: number) => new Date(at.getFullYear(), at.getMonth(), at.getDate() + days).getTime()
  return { startMs: midnight(0), endMs: midnight(1) }
}

async function readKept(file: LedgerFile): Promise<z.infer<typeof Kept> | null> {
  try {
    const bytes = await file.read()
    return bytes === null ? null : Kept.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    return null
  }
}
