import { describe, expect, it } from 'vitest'
import { fieldsText, matching } from '../../../renderer/features/log/log-filter.ts'
import type { LogLine } from '../../../shared/log.ts'

const aLine = (over: Partial<LogLine>): LogLine => ({
  atMs: 1,
  level: 'info',
  event: 'key-failed',
  fields: {},
  ...over,
})

describe('the lines of the log that are shown', () => {
  const lines = [
    aLine({ level: 'debug', event: 'key-used', fields: { key: 'acct-1' } }),
    aLine({ fields: { key: 'acct-1', status: 429 } }),
    aLine({ level: 'warn', event: 'request-failed', fields: { model: 'GPT' } }),
    aLine({ level: 'error', event: 'bug' }),
  ]
  const events = (level: LogLine['level'], text = '') => matching(lines, { level, text }).map(({ event }) => event)

  it('are those of a level and the worse ones', () => {
    expect(events('debug')).toEqual(['key-used', 'key-failed', 'request-failed', 'bug'])
    expect(events('warn')).toEqual(['request-failed', 'bug'])
  })

  it('have every word that is searched for, in any case and any place', () => {
    expect(events('debug', 'acct-1 429')).toEqual(['key-failed'])
    expect(events('debug', ' gpt ')).toEqual(['request-failed'])
    expect(events('debug', 'acct-1 gpt')).toEqual([])
    expect(events('info', 'acct-1')).toEqual(['key-failed'])
  })

  it('say their fields by name, without those that are empty', () => {
    expect(fieldsText(aLine({ fields: { key: 'acct-1', status: 429, code: null } }))).toBe('key=acct-1 status=429')
  })
})
