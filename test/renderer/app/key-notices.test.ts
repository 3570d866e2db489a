import { describe, expect, it } from 'vitest'
import { createKeyNotices, type KeyNotice } from '../../../renderer/app/key-notices.ts'
import type { KeyId } from '../../../shared/identity.ts'
import type { KeyState } from '../../../shared/key.ts'
import type { LiveEvent } from '../../../shared/live-event.ts'
import type { ModelView } from '../../../shared/model.ts'
import type { NotifyKind } from '../../../shared/notify.ts'
import { modelA } from '../live-events.ts'

const model = {
  id: modelA,
  name: 'glm-4.7',
  keys: ['a', 'b'].map((id) => ({ id, label: `acct-${id}`, state: { kind: 'ready' } })),
} as unknown as ModelView

const cooling: KeyState = { kind: 'cooling', untilMs: 9, announced: true }
const rejected: KeyState = { kind: 'rejected', nextTestMs: null }
const exhausted: KeyState = { kind: 'exhausted', untilMs: 9 }
const expired: KeyState = { kind: 'expired', sinceMs: 0 }
const probing: KeyState = { kind: 'probing' }
const ready: KeyState = { kind: 'ready' }

function aPage(off: readonly NotifyKind[] = []) {
  const shown: KeyNotice[] = []
  const page = { nowMs: 0 }
  const notices = createKeyNotices({
    isOn: (kind) => !off.includes(kind),
    show: (notice) => shown.push(notice),
    nowMs: () => page.nowMs,
  })
  notices.know([model])
  const become = (keyId: string, state: KeyState) => {
    const event: LiveEvent = { kind: 'key-state', seq: 0, atMs: 0, modelId: modelA, keyId: keyId as KeyId, state }
    notices.take([event])
  }
  return { page, notices, become, shown, kinds: () => shown.map(({ kind }) => kind) }
}

describe('notifications', () => {
  it('tell of a key that was rejected or is exhausted, by its name and its model', () => {
    const { become, shown } = aPage()
    become('a', rejected)
    expect(shown).toEqual([{ kind: 'rejected', modelId: modelA, modelName: 'glm-4.7', keyLabel: 'acct-a' }])
  })

  it('tell of a key whose last day is over, once', () => {
    const { become, shown } = aPage()
    become('a', expired)
    become('a', expired)
    expect(shown).toEqual([{ kind: 'expired', modelId: modelA, modelName: 'glm-4.7', keyLabel: 'acct-a' }])
  })

  it('tell when the last key of a model goes out, and when the first is back', () => {
    const { become, kinds } = aPage()
    become('a', cooling)
    expect(kinds()).toEqual([])
    become('b', cooling)
    become('a', ready)
    become('b', ready)
    expect(kinds()).toEqual(['all-out', 'back'])
  })

  it('come at most once a minute of each kind', () => {
    const { page, become, kinds } = aPage()
    become('a', rejected)
    become('a', ready)
    become('a', rejected)
    expect(kinds()).toEqual(['rejected'])
    page.nowMs = 60_000
    become('a', ready)
    become('a', rejected)
    expect(kinds()).toEqual(['rejected', 'rejected'])
  })

  it('do not come for a kind that is switched off', () => {
    const { become, kinds } = aPage(['exhausted'])
    become('a', exhausted)
    become('b', rejected)
    expect(kinds()).toEqual(['rejected', 'all-out'])
  })

  it('tell of a return through a trial, and not of a trial that changes nothing', () => {
    const { page, become, kinds } = aPage()
    become('a', rejected)
    become('b', cooling)
    expect(kinds()).toEqual(['rejected', 'all-out'])
    page.nowMs = 300_000
    become('a', probing)
    become('a', rejected)
    expect(kinds()).toEqual(['rejected', 'all-out'])
    become('b', probing)
    become('b', ready)
    expect(kinds()).toEqual(['rejected', 'all-out', 'back'])
  })

  const asRejected = { ...model, keys: model.keys.map((key) => ({ ...key, state: rejected })) }

  it('come although a listing told of it before the event did', () => {
    const { notices, kinds, become } = aPage()
    notices.know([asRejected])
    become('a', rejected)
    expect(kinds()).toEqual(['rejected'])
  })

  it('are not made of a listing that follows a gap, which is no news', () => {
    const { notices, kinds, become } = aPage()
    notices.forget()
    notices.know([asRejected])
    become('a', rejected)
    expect(kinds()).toEqual([])
  })
})
