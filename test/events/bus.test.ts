import { describe, expect, it } from 'vitest'
import { createBus } from '../../electron/events/bus.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import { anAttemptEnded } from '../support/events.ts'

const listening = () => {
  const errors: unknown[] = []
  const bus = createBus({ wallMs: () => 5, onListenerError: (error) => errors.push(error) })
  const seen: LiveEvent[] = []
  bus.subscribe((event) => seen.push(event))
  return { bus, seen, errors }
}

describe('the event bus', () => {
  it('stamps every event with the next number and the time', () => {
    const { bus, seen } = listening()
    bus.publish({ kind: 'models-changed' })
    bus.publish({ kind: 'vault-changed' })
    expect(seen).toEqual([
      { kind: 'models-changed', seq: 1, atMs: 5 },
      { kind: 'vault-changed', seq: 2, atMs: 5 },
    ])
  })

  it('goes on when a listener throws, and reports it', () => {
    const { bus, errors } = listening()
    const late: LiveEvent[] = []
    bus.subscribe(() => {
      throw new Error('a broken listener')
    })
    bus.subscribe((event) => late.push(event))
    bus.publish({ kind: 'models-changed' })
    expect(late).toHaveLength(1)
    expect(errors).toHaveLength(1)
  })

  it('stops telling a listener that has left', () => {
    const { bus } = listening()
    const seen: LiveEvent[] = []
    bus.subscribe((event) => seen.push(event))()
    bus.publish({ kind: 'models-changed' })
    expect(seen).toEqual([])
  })

  it('tells a listener that names its kinds of those and of no others, in the order of all listeners', () => {
    const { bus } = listening()
    const heard: string[] = []
    bus.subscribe(({ kind }) => heard.push(`first: ${kind}`), ['vault-changed', 'key-state'])
    bus.subscribe(({ kind }) => heard.push(`second: ${kind}`))
    const leave = bus.subscribe(({ kind }) => heard.push(`third: ${kind}`), ['vault-changed'])
    bus.publish({ kind: 'models-changed' })
    bus.publish({ kind: 'vault-changed' })
    leave()
    bus.publish({ kind: 'vault-changed' })
    expect(heard).toEqual([
      'second: models-changed',
      'first: vault-changed',
      'second: vault-changed',
      'third: vault-changed',
      'first: vault-changed',
      'second: vault-changed',
    ])
  })

  it.each([
    ['an OpenAI key', 'Incorrect API key provided: sk-proj-abcdefghijkl1234.'],
    ['a half masked key', 'Incorrect API key provided: sk-abcd********wxyz.'],
    ['a Google key', 'API key AIzaSyA1234567890abcdefghijk not valid'],
    ['a bearer header', 'bad header Authorization: Bearer abcdefghijklmnop'],
    ['a JWT', 'token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig refused'],
    ['a Zhipu key', 'key 0123456789abcdef0123456789abcdef.AbCdEfGhIjKlMnOp refused'],
  ])("takes %s out of a provider's words", (_name, providerMessage) => {
    const { bus, seen } = listening()
    bus.publish(anAttemptEnded({ providerMessage }))
    const [event] = seen
    const message = event?.kind === 'attempt-ended' ? event.outcome.providerMessage : null
    expect(message).toContain('[key]')
    expect(message).not.toMatch(/abcdef|AIza|eyJ|wxyz/)
  })
})
