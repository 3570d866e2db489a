import * as z from 'zod'
import { AtMs } from './identity.ts'

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const
export const LogLevel = z.enum(logLevels)
export type LogLevel = z.infer<typeof LogLevel>

/** A line of the application's own log, as it is shown. */
export const LogLine = z.object({
  atMs: AtMs,
  level: z.enum(['debug', 'info', 'warn', 'error']),
  /** What happened, in one of our own words. */
  event: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})
export type LogLine = z.infer<typeof LogLine>

export const LogTail = z.object({ lines: z.array(LogLine), path: z.string() })
export type LogTail = z.infer<typeof LogTail>
