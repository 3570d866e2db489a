import { describe, expect, it } from 'vitest'
import { hostsToRevokeAt } from '../../../renderer/features/vault/hosts-to-revoke-at.ts'
import { idleChoices } from '../../../renderer/features/vault/idle-choices.ts'
import { protectionRows } from '../../../renderer/features/vault/protection-rows.ts'
import { defaultSettings } from '../../../shared/settings.ts'
import { aKey } from '../support/views.ts'

describe('what opens the vault', () => {
  it('lists what is in use and what could be, and nothing else', () => {
    const rows = protectionRows({ protections: ['pass'], offers: ['pass', 'file'] })
    expect(rows.map(({ protection, present }) => [protection, present])).toEqual([
      ['pass', true],
      ['file', false],
    ])
  })

  it('keeps the last way in from being removed', () => {
    const removable = (protections: ('pass' | 'file')[]) =>
      protectionRows({ protections, offers: ['pass', 'file'] }).map((row) => row.removable)
    expect(removable(['file'])).toEqual([false, false])
    expect(removable(['file', 'pass'])).toEqual([true, true])
  })

  it('says when the other host has one that cannot be used here', () => {
    const [, os] = protectionRows({ protections: ['os', 'pass'], offers: ['pass'] })
    expect(os).toMatchObject({ protection: 'os', present: true, here: false })
  })
})

describe('the idle times to choose from', () => {
  it('hold the one that is preset', () => {
    expect(idleChoices(defaultSettings.idleLockMinutes)).toContain(defaultSettings.idleLockMinutes)
  })

  it('hold one that was set elsewhere, in its place', () => {
    expect(idleChoices(45)).toEqual([1, 5, 15, 30, 45, 60, 240, 0])
    expect(idleChoices(0)).toEqual([1, 5, 15, 30, 60, 240, 0])
  })
})

describe('where keys are to be revoked', () => {
  it('names each host once, and not the simulator', () => {
    const at = (apiBase: string, origin: 'vault' | 'simulator' = 'vault', keys = [aKey('a')]) => ({
      apiBase,
      origin,
      keys,
    })
    expect(
      hostsToRevokeAt([
        at('https://b.example/v1'),
        at('https://b.example/v2'),
        at('https://a.example:8443/v1'),
        at('http://simulator.invalid/v1', 'simulator'),
        at('https://nothing.example/v1', 'vault', []),
      ]),
    ).toEqual(['a.example:8443', 'b.example'])
  })
})
