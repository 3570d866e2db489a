import { describe, expect, it } from 'vitest'
import {
  backTo,
  changeOf,
  draftOfProxy,
  kept,
  withoutCredentials,
} from '../../../renderer/features/settings/proxy-draft.ts'
import type { NetworkStatus } from '../../../shared/network.ts'

const aStatus = (about: Partial<NetworkStatus> = {}): NetworkStatus => ({
  mode: 'own',
  url: 'http://proxy.example:3128',
  user: 'person',
  direct: ['a.example'],
  hasPassword: true,
  system: null,
  ...about,
})

describe('what is set of a proxy', () => {
  it('leaves the password as it is when none was typed, and forgets it with its user', () => {
    const status = aStatus()
    const draft = draftOfProxy(status)
    expect(changeOf(draft, status)).toEqual(kept(status))
    expect(changeOf({ ...draft, password: 'typed' }, status)).toMatchObject({ password: 'typed' })
    expect(changeOf({ ...draft, user: ' ' }, status)).toMatchObject({ password: null })
    expect(changeOf({ ...draft, user: '' }, aStatus({ hasPassword: false }))).not.toHaveProperty('password')
  })

  it('becomes the mode of one’s own, and a change of mode keeps the rest', () => {
    const status = aStatus({ mode: 'off' })
    expect(changeOf(draftOfProxy(status), status).mode).toBe('own')
    expect(kept(status)).toEqual({ mode: 'off', url: status.url, user: 'person', direct: ['a.example'] })
  })
})

describe('what takes a change of a proxy back', () => {
  const before = aStatus()
  it('leaves a password alone that was not changed', () =>
    expect(backTo(before, changeOf({ ...draftOfProxy(before), user: 'another' }, before))).toEqual(kept(before)))

  it.each([
    ['puts back one that was replaced', true, 'typed', { passwordBack: true }],
    ['puts back one that was forgotten', true, null, { passwordBack: true }],
    ['forgets one where there was none', false, 'typed', { password: null }],
  ] as const)('%s', (_what, hasPassword, password, back) => {
    const status = aStatus({ hasPassword })
    expect(backTo(status, { ...kept(status), password })).toEqual({ ...kept(status), ...back })
  })
})

describe('an address with a user in it', () => {
  it.each([
    ['http://per%40son:p%25ss@proxy.example:3128', 'http://proxy.example:3128', 'per@son', 'p%ss'],
    ['socks5://person@127.0.0.1:1080', 'socks5://127.0.0.1:1080', 'person', ''],
    ['http://p%:s%@proxy.example', 'http://proxy.example', 'p%', 's%'],
  ])('%s is parted', (typed, url, user, password) => {
    expect(withoutCredentials(typed)).toEqual({ url, user, password })
  })

  it.each(['http://proxy.example:3128', 'proxy.example', '', 'http://'])('%j has none', (typed) => {
    expect(withoutCredentials(typed)).toBeNull()
  })
})
