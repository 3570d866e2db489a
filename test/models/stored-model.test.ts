import { describe, expect, it } from 'vitest'
import { StoredKey, StoredModel } from '../../electron/models/stored-model.ts'
import { noLimits } from '../../shared/key.ts'

describe('a key as an earlier version kept it', () => {
  it('is read without limits, account, dates and notes', () => {
    const before = { id: 'k', label: 'acct-1', weight: 1, paused: true, lastFour: '', deletedAtMs: null }
    expect(StoredKey.parse(before)).toMatchObject({
      ...before,
      pausedUntilMs: null,
      limits: noLimits,
      account: '',
      expiresAtMs: null,
      note: '',
      tags: [],
      addedAtMs: null,
      looks: { placeholder: false, provider: null },
    })
  })
})

describe('a model as an earlier version kept it', () => {
  it('is read without extra headers', () => {
    const kept = { id: 'm', name: 'm', provider: null, apiBase: 'https://a.example/v1', temperature: null }
    const before = { ...kept, strategy: 'ordered', keys: [], extra: {}, deletedAtMs: null }
    expect(StoredModel.parse(before)).toMatchObject({ ...before, headers: [], headersTakenAway: [] })
  })
})
