// A line has the fields of this list and no others, and whatever looks like a key is taken out of it at the very end.
import { pino } from 'pino'
import type { LogLevel } from '../../shared/log.ts'
import { redact } from '../rotation/classification/provider-message.ts'

/** All that a line may say beside its time, level and event. None is made for a secret, a prompt or an answer. */
export interface LogFields {
  version?: string
  host?: string
  model?: string
  key?: string
  keys?: number
  client?: string
  scenario?: string
  request?: string
  attempt?: number
  attempts?: number
  strategy?: string
  rule?: string
  usable?: number
  outcome?: string
  result?: string
  failure?: string
  status?: number | null
  cause?: string | null
  code?: string | null
  message?: string | null
  state?: string
  ms?: number
  retryAfterMs?: number | null
  untilMs?: number | null
  /** The class of a bug's error, and where in our own code it was thrown. */
  error?: string
  at?: string
}

const allowed: ReadonlySet<string> = new Set<keyof LogFields>([
  'version',
  'host',
  'model',
  'key',
  'keys',
  'client',
  'scenario',
  'request',
  'attempt',
  'attempts',
  'strategy',
  'rule',
  'usable',
  'outcome',
  'result',
  'failure',
  'status',
  'cause',
  'code',
  'message',
  'state',
  'ms',
  'retryAfterMs',
  'untilMs',
  'error',
  'at',
])

export interface AppLog {
  log: (level: Exclude<LogLevel, 'silent'>, event: string, fields?: LogFields) => void
  setLevel: (level: LogLevel) => void
  /** Whether lines of the lowest level are written now; asked with every event, which the logger itself answers slowly. */
  isDebugOn: () => boolean
}

/** Writes lines of JSON; `write` gets each of them whole. */
export function createAppLog(deps: { write: (line: string) => void; wallMs: () => number; level: LogLevel }): AppLog {
  const logger = pino(
    {
      level: deps.level,
      base: null,
      messageKey: 'event',
      timestamp: () => `,"at_ms":${Math.round(deps.wallMs())}`,
      formatters: { level: (label) => ({ level: label }), log: onlyAllowed },
    },
    { write: (line) => deps.write(`${withoutKeys(line.trimEnd())}\n`) },
  )
  let isDebugOn = logger.isLevelEnabled('debug')
  return {
    log: (level, event, fields = {}) => logger[level](fields, event),
    setLevel(level) {
      logger.level = level
      isDebugOn = logger.isLevelEnabled('debug')
    },
    isDebugOn: () => isDebugOn,
  }
}

function onlyAllowed(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => allowed.has(name)))
}

/** Ids of ours are no keys, although they look like some. */
const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** A line without whatever looks like a key. */
export function withoutKeys(line: string): string {
  const parts = line.split(ids)
  const found = line.match(ids) ?? []
  return parts.map((part, index) => redact(part, []) + (found[index] ?? '')).join('')
}
