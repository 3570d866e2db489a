import { describe, expect, it } from 'vitest'
import { classify, type ClassifyContext } from '../../../electron/rotation/classification/classify.ts'
import type { TransportCause } from '../../../electron/rotation/wire-failure.ts'

const context: ClassifyContext = { provider: 'generic', model: 'gpt-4o', wallMs: Date.UTC(2026, 0, 1) }

describe('failures without an answer', () => {
  it('says nothing about the key when the client went away', () => {
    expect(classify({ kind: 'cancelled' }, context).kind).toBe('cancelled')
  })

  const causes: TransportCause[] = [
    'unknown-host',
    'connection-refused',
    'connection-lost',
    'tls',
    'timeout',
    'redirect',
    'too-large',
    'empty-answer',
    'not-json',
  ]
  it.each(causes)('never blames the key for %s', (cause) => {
    expect(classify({ kind: 'transport', cause, bodySent: true }, context)).toMatchObject({
      kind: 'upstream-failed',
      cause,
    })
  })

  it('only suspects a bill after a timeout whose body was sent', () => {
    const billed = (cause: TransportCause, bodySent: boolean) => {
      const outcome = classify({ kind: 'transport', cause, bodySent }, context)
      return outcome.kind === 'upstream-failed' && outcome.mayBeBilled
    }
    expect(billed('timeout', true)).toBe(true)
    expect(billed('timeout', false)).toBe(false)
    expect(billed('connection-lost', true)).toBe(false)
  })

  it('takes a key out that cannot be sent at all', () => {
    expect(classify({ kind: 'transport', cause: 'not-sent', bodySent: false }, context)).toMatchObject({
      kind: 'rejected',
      providerCode: 'key_not_sendable',
    })
  })
})
