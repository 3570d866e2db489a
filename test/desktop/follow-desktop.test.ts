import { describe, expect, it } from 'vitest'
import type { Desktop, DesktopActions, DesktopStanding } from '../../electron/desktop/desktop.ts'
import { countKeys } from '../../electron/desktop/follow-desktop.ts'
import type { KeyState } from '../../shared/key.ts'
import { addModel, anOpenApp } from '../support/open-app.ts'

/** A desktop that only remembers. */
function aDesktop() {
  const shown: DesktopStanding[] = []
  let actions: DesktopActions | null = null
  let atLogin = false
  const desktop: Desktop = {
    status: () => ({
      panicShortcut: { state: 'set', keys: 'Ctrl+Alt+Shift+L' },
      launchAtLogin: atLogin ? 'on' : 'off',
      contentProtection: 'unavailable',
    }),
    launchAtLogin: (on) => void (atLogin = on),
    connect: (given) => void (actions = given),
    show: (standing) => void shown.push(standing),
  }
  const act = (): DesktopActions => {
    if (actions === null) throw new Error('nothing was connected')
    return actions
  }
  return { desktop, shown, last: () => shown.at(-1), act }
}

describe('the desktop is shown how things stand', () => {
  it('at the start, and after what a person does', async () => {
    const { desktop, last } = aDesktop()
    const { client } = await anOpenApp({ desktop, locale: 'zh-CN' })
    expect(last()).toMatchObject({ language: 'zh-CN', vault: { state: 'unlocked' }, gateway: { state: 'off' } })
    await client.settings.set({ language: 'en', presentation: true })
    expect(last()).toMatchObject({ language: 'en', settings: { presentation: true } })
    await client.vault.lock()
    expect(last()?.vault.state).toBe('locked')
  })

  it('at most once a second when keys come and go', async () => {
    const { desktop, shown, last } = aDesktop()
    const { client, clock } = await anOpenApp({ desktop })
    await addModel(client, ['sk-a-key-of-some-length-1', 'sk-a-key-of-some-length-2'])
    const before = shown.length
    await clock.advance(1_000)
    expect(shown.length).toBe(before + 1)
    expect(last()?.keys).toEqual({ ready: 2, all: 2 })
  })

  it('and asked what became of it', async () => {
    const { desktop } = aDesktop()
    const { client } = await anOpenApp({ desktop })
    expect(await client.desktop.launchAtLogin({ on: true })).toMatchObject({ launchAtLogin: 'on' })
    expect(await client.desktop.status()).toMatchObject({ panicShortcut: { state: 'set' } })
    const { client: elsewhere } = await anOpenApp()
    expect(await elsewhere.desktop.status()).toBeNull()
    expect(await elsewhere.desktop.launchAtLogin({ on: true })).toBeNull()
  })

  it('counts the keys that could serve now', () => {
    const keys = (...kinds: KeyState['kind'][]) => ({ keys: kinds.map((kind) => ({ state: { kind } })) }) as never
    expect(countKeys([keys('ready', 'paused'), keys(), keys('ready', 'cooling')])).toEqual({ ready: 2, all: 4 })
  })
})

describe('from the desktop', () => {
  it('presentation mode is switched as in the page', async () => {
    const { desktop, act } = aDesktop()
    const { client } = await anOpenApp({ desktop })
    act().present(true)
    expect((await client.settings.get()).presentation).toBe(true)
  })

  it('panic locks the vault, stops the gateway for good and empties the clipboard', async () => {
    const { desktop, last } = aDesktop()
    let held = 'something'
    const clipboard = {
      read: async () => held,
      write: async (text: string) => void (held = text),
      clear: () => void (held = ''),
    }
    const { client, bugs } = await anOpenApp({ desktop, clipboard, gateway: { on: true, port: 0 } })
    expect(last()?.gateway.state).not.toBe('off')
    await client.app.panic()
    expect(held).toBe('')
    expect((await client.vault.status()).state).toBe('locked')
    expect((await client.gateway.status()).state.kind).toBe('off')
    expect((await client.settings.get()).gateway.on).toBe(false)
    expect(last()).toMatchObject({ vault: { state: 'locked' }, gateway: { state: 'off' } })
    expect(bugs).toEqual([])
  })
})
