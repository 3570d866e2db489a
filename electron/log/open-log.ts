import { join } from 'node:path'
import type { LogLevel, LogTail } from '../../shared/log.ts'
import type { Clock } from '../rotation/clock.ts'
import { createAppLog, type AppLog } from './app-log.ts'
import { logEvents, type EventLines } from './event-lines.ts'
import { readLines } from './read-lines.ts'
import { createRotatingFile } from './rotating-file.ts'

export interface OpenLog extends AppLog, EventLines {
  /** Says where a bug is, and nothing of what its error says. */
  bug: (error: unknown) => void
  tail: (lines: number) => Promise<LogTail>
  close: () => Promise<void>
}

/** The application's own log: one file of JSON lines in the data folder, and the one before it. */
export function openLog(deps: { folder: string; clock: Clock; level: LogLevel }): OpenLog {
  const { folder, clock, level } = deps
  const path = join(folder, 'keywheel.log')
  const file = createRotatingFile({ path, schedule: clock.schedule })
  const appLog = createAppLog({ write: file.write, wallMs: clock.wallMs, level })
  return {
    ...appLog,
    ...logEvents(appLog),
    bug: (error) => appLog.log('error', 'bug', placeOf(error)),
    tail: async (lines) => ({ path, lines: readLines(await file.tail(lines)) }),
    close: file.close,
  }
}

/** The frame's function and line; a path would name the person whose folder it is in. */
function placeOf(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error }
  const frame = /^\s+at (?:(?<name>[\w.#<>]+) \()?.*?(?<file>[^/\\]+:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.groups
  return { error: error.name, ...(frame ? { at: `${frame['name'] ?? ''} ${frame['file']}`.trim() } : {}) }
}
