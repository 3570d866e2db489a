import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Menu } from 'electron'
import { describe, expect, it } from 'vitest'
import { createElectronDesktop } from '../../../electron/host/electron/electron-desktop.ts'
import { createLoginItem, type LoginItemApp } from '../../../electron/host/electron/login-item.ts'
import { createPanicShortcut } from '../../../electron/host/electron/panic-shortcut.ts'
import { aStanding, noteActions } from '../../support/desktop-standing.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const accelerator = 'CommandOrControl+Alt+Shift+L'

/** The system's shortcuts; some belong to another program. */
function aSystem(taken: readonly string[] = []) {
  const held = new Map<string, () => void>()
  const belongsToOthers = new Set(taken)
  return {
    held,
    belongsToOthers,
    register(keys: string, press: () => void) {
      if (belongsToOthers.has(keys)) return false
      held.set(keys, press)
      return true
    },
    unregister: (keys: string) => void held.delete(keys),
  }
}

describe('the keys for panic', () => {
  it('are ours while they are wanted, and given back when they are not', () => {
    const system = aSystem()
    const shortcut = createPanicShortcut(system, 'linux')
    expect(shortcut.status()).toEqual({ state: 'off', keys: 'Ctrl+Alt+Shift+L' })
    let pressed = 0
    shortcut.follow(true, () => (pressed += 1))
    system.held.get(accelerator)?.()
    expect([pressed, shortcut.status().state]).toEqual([1, 'set'])
    shortcut.follow(false, () => {})
    expect([system.held.size, shortcut.status().state]).toEqual([0, 'off'])
  })

  it('that another program has are said to be, and asked for again later', () => {
    const system = aSystem([accelerator])
    const shortcut = createPanicShortcut(system, 'darwin')
    shortcut.follow(true, () => {})
    expect(shortcut.status()).toEqual({ state: 'taken', keys: '⌥⇧⌘L' })
    system.belongsToOthers.clear()
    shortcut.follow(true, () => {})
    expect(shortcut.status().state).toBe('set')
  })
})

describe('starting at login', () => {
  const aLinux = (homeFolder: string, env: Record<string, string> = {}) =>
    ({ platform: 'linux', homeFolder, env, execPath: '/opt/Key wheel/keywheel' }) as const
  const packaged: LoginItemApp = {
    isPackaged: true,
    getLoginItemSettings: () => {
      throw new Error('Electron knows nothing of it on Linux')
    },
    setLoginItemSettings: () => {
      throw new Error('Electron knows nothing of it on Linux')
    },
  }

  it('is a file in the autostart folder on Linux, and gone with it', () => {
    const home = temporaryFolder()
    const item = createLoginItem(packaged, aLinux(home))
    const file = join(home, '.config', 'autostart', 'keywheel.desktop')
    expect(item.status()).toBe('off')
    item.set(true)
    expect(item.status()).toBe('on')
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Key wheel/keywheel" --in-background\n')
    item.set(false)
    expect([existsSync(file), item.status()]).toEqual([false, 'off'])
  })

  it('keeps to the folder that the desktop names, and starts an AppImage from its own file', () => {
    const config = temporaryFolder()
    const env = { XDG_CONFIG_HOME: config, APPIMAGE: '/home/me/100% $mine".AppImage' }
    createLoginItem(packaged, aLinux('/nowhere', env)).set(true)
    const entry = readFileSync(join(config, 'autostart', 'keywheel.desktop'), 'utf8')
    expect(entry).toContain(String.raw`Exec="/home/me/100%% \\$mine\\".AppImage" --in-background`)
  })

  it.each([
    [{ openAtLogin: true, status: 'enabled' }, 'on'],
    [{ openAtLogin: false, status: 'not-registered' }, 'off'],
    [{ openAtLogin: false, status: 'requires-approval' }, 'ask'],
  ] as const)('is what macOS and Windows say of it: %j', (says, status) => {
    const asked: unknown[] = []
    const app: LoginItemApp = {
      isPackaged: true,
      getLoginItemSettings: () => ({
        ...says,
        wasOpenedAtLogin: false,
        executableWillLaunchAtLogin: false,
        launchItems: [],
      }),
      setLoginItemSettings: (settings) => void asked.push(settings),
    }
    const item = createLoginItem(app, { ...aLinux('/nowhere'), platform: 'darwin' })
    expect(item.status()).toBe(status)
    item.set(true)
    expect(asked).toEqual([{ openAtLogin: true, args: ['--in-background'] }])
  })

  it('is not offered by a program that runs from its sources', () => {
    const home = temporaryFolder()
    const item = createLoginItem({ ...packaged, isPackaged: false }, aLinux(home))
    item.set(true)
    expect([item.status(), existsSync(join(home, '.config'))]).toEqual(['unavailable', false])
  })
})

describe('the desktop around the window', () => {
  function aDesktop(platform: NodeJS.Platform) {
    const menus: unknown[] = []
    const nativeTheme = { themeSource: 'system' as 'system' | 'light' | 'dark' }
    const system = aSystem()
    const { done, actions } = noteActions()
    const desktop = createElectronDesktop({
      platform,
      menu: {
        buildFromTemplate: (template) => template as unknown as Menu,
        setApplicationMenu: (menu) => void menus.push(menu),
      },
      nativeTheme,
      tray: { show: () => {} },
      panicShortcut: createPanicShortcut(system, platform),
      loginItem: { status: () => 'off', set: (on) => void done.push(`login ${on ? 'on' : 'off'}`) },
      showWindow: () => {},
      quit: () => {},
    })
    desktop.connect(actions)
    return { desktop, menus, nativeTheme, system, done }
  }
  const changed = (settings: Partial<ReturnType<typeof aStanding>['settings']>) => {
    const standing = aStanding()
    return { ...standing, settings: { ...standing.settings, ...settings } }
  }

  it('looks as the settings say, and lives in the tray when they say so', () => {
    const { desktop, nativeTheme } = aDesktop('linux')
    expect(desktop.livesInTray()).toBe(false)
    desktop.show(changed({ theme: 'dark', closeToTray: true }))
    expect([nativeTheme.themeSource, desktop.livesInTray()]).toEqual(['dark', true])
  })

  it('builds its menu anew when the language changes, and not for every key that cools down', () => {
    const { desktop, menus } = aDesktop('linux')
    desktop.show(aStanding())
    desktop.show(aStanding({ keys: { ready: 0, all: 5 } }))
    expect(menus.length).toBe(1)
    desktop.show(aStanding({ language: 'zh-CN' }))
    expect(menus.length).toBe(2)
    expect(desktop.texts().copy).toBe('复制')
  })

  it('does panic from the keys', () => {
    const { desktop, system, done } = aDesktop('win32')
    desktop.show(aStanding())
    system.held.get(accelerator)?.()
    expect(done).toEqual(['panic'])
  })

  it('hands the login item on', () => {
    const { desktop, done } = aDesktop('win32')
    desktop.launchAtLogin(true)
    expect(done).toEqual(['login on'])
  })

  it.each([
    ['darwin', ['on', 'off'], [true, false]],
    ['win32', ['on', 'off'], [true, false]],
    ['linux', ['unavailable', 'unavailable'], []],
  ] as const)('keeps the window out of screenshots where %s can', (platform, states, asked) => {
    const { desktop } = aDesktop(platform)
    const calls: boolean[] = []
    desktop.show(changed({ contentProtection: true }))
    const first = desktop.status().contentProtection
    desktop.holds({ isDestroyed: () => false, setContentProtection: (on) => void calls.push(on) })
    desktop.show(changed({ contentProtection: false }))
    expect([first, desktop.status().contentProtection]).toEqual(states)
    expect(calls).toEqual(asked)
  })
})
