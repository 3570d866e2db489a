import { describe, expect, it } from 'vitest'
import type { KeyId } from '../../shared/identity.ts'
import { keepOpenSecrets } from '../../electron/gateway/open-secrets.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { aKeyId, aModelId } from '../support/events.ts'

function secrets(kept: Partial<Record<string, string>> = { 'key-1': 'sk-first' }) {
  const clock = new FakeClock()
  const state = { revision: {}, reads: 0 }
  const open = keepOpenSecrets({
    clock,
    revision: () => state.revision,
    read(_model, key: KeyId) {
      state.reads += 1
      return kept[key]
    },
  })
  const ask = (key = 'key-1', model = 'model-1') => open.of(aModelId(model), aKeyId(key))
  return { clock, state, kept, open, ask }
}

describe('a secret that has been opened', () => {
  it('is read from the vault once for many requests', () => {
    const { state, ask } = secrets()
    expect([ask(), ask(), ask()]).toEqual(['sk-first', 'sk-first', 'sk-first'])
    expect(state.reads).toBe(1)
  })

  it('is read again after five seconds, and held by no timer once it is let go', async () => {
    const { clock, state, ask } = secrets()
    ask()
    await clock.advance(4_999)
    ask()
    expect(state.reads).toBe(1)
    await clock.advance(1)
    expect(clock.pending).toBe(0)
    ask()
    expect(state.reads).toBe(2)
  })

  it('is never given out after anything of the models has changed', () => {
    const { state, kept, ask } = secrets()
    ask()
    kept['key-1'] = 'sk-second'
    state.revision = {}
    expect(ask()).toBe('sk-second')
    delete kept['key-1']
    state.revision = {}
    expect(ask()).toBeUndefined()
  })

  it('is let go at once when it has to be', () => {
    const { state, open, ask } = secrets()
    ask()
    open.forget()
    ask()
    expect(state.reads).toBe(2)
  })

  it('belongs to one key of one model', () => {
    const { ask } = secrets({ 'key-1': 'sk-first', 'key-2': 'sk-second' })
    expect([ask('key-1'), ask('key-2'), ask('key-1', 'model-2')]).toEqual(['sk-first', 'sk-second', 'sk-first'])
  })

  it('is not there for a key that is gone', () => {
    expect(secrets().ask('key-9')).toBeUndefined()
  })
})
