import type { MenuItemConstructorOptions, NativeImage } from 'electron'
import { describe, expect, it } from 'vitest'
import type { DesktopStanding } from '../../../electron/desktop/desktop.ts'
import { contextMenu } from '../../../electron/host/electron/context-menu.ts'
import { desktopTexts } from '../../../electron/host/electron/desktop-texts.ts'
import { applicationMenu } from '../../../electron/host/electron/menu.ts'
import { createTrayView, trayLines, trayMenu, trayPicture } from '../../../electron/host/electron/tray.ts'
import { aStanding, noteActions } from '../../support/desktop-standing.ts'

const { en, 'zh-CN': zh } = desktopTexts
const platforms = ['linux', 'win32', 'darwin'] as const

const flat = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => (Array.isArray(item.submenu) ? [item, ...flat(item.submenu)] : [item]))

function click(items: readonly MenuItemConstructorOptions[], label: string): void {
  const item = flat(items).find((one) => one.label === label)
  if (item?.click === undefined || item.enabled === false) throw new Error(`nothing to click at ${label}`)
  ;(item.click as () => void)()
}

describe('the tray says how things stand', () => {
  it.each<[string, Partial<DesktopStanding>, string, string[]]>([
    ['serving', {}, 'serving', ['Gateway on · 127.0.0.1:4141', 'Vault unlocked', '2 of 5 keys ready']],
    [
      'with the gateway off',
      { gateway: { state: 'off', baseUrl: 'http://127.0.0.1:4141/v1' } },
      'paused',
      ['Gateway off', 'Vault unlocked', '2 of 5 keys ready'],
    ],
    [
      'with a locked vault, whose gateway serves nothing',
      { vault: { state: 'locked', interface: 'locked' }, keys: { ready: 0, all: 0 } },
      'locked',
      ['Gateway on, held by the locked vault', 'Vault locked', 'No keys'],
    ],
    [
      'when another program has the port',
      { gateway: { state: 'port-taken', baseUrl: 'http://127.0.0.1:4141/v1' } },
      'paused',
      ['Gateway not started: its port is taken', 'Vault unlocked', '2 of 5 keys ready'],
    ],
    [
      'with a damaged vault',
      { vault: { state: 'damaged', interface: 'locked' } },
      'locked',
      ['Gateway on · 127.0.0.1:4141', 'Vault damaged', '2 of 5 keys ready'],
    ],
  ])('%s', (_what, over, picture, lines) => {
    const standing = aStanding(over)
    expect(trayPicture(standing)).toBe(picture)
    expect(trayLines(standing, en)).toEqual(lines)
    expect(trayLines(standing, zh).join()).not.toMatch(/[a-z]{3}/i)
  })
})

describe('the tray counts keys as its language does', () => {
  it.each([
    [1, 1, '1 of 1 key ready'],
    [0, 0, 'No keys'],
    [900, 10_000, '900 of 10,000 keys ready'],
  ])('%i of %i', (ready, all, said) => {
    expect(en.keys(ready, all)).toBe(said)
  })
})

describe('the tray and the menu', () => {
  it('do what they say, each in both languages', () => {
    for (const texts of [en, zh]) {
      const { done, actions } = noteActions()
      const items = trayMenu(aStanding(), actions, texts)
      for (const label of [texts.show, texts.gatewayOff, texts.lock, texts.present, texts.panic, texts.quit]) {
        click(items, label)
      }
      expect(done).toEqual(['show', 'gateway off', 'lock', 'present on', 'panic', 'quit'])
      const menu = applicationMenu('linux', aStanding(), actions, texts)
      click(menu, texts.panic)
      expect(done.at(-1)).toBe('panic')
    }
  })

  it('offer the gateway back once it is off, and nothing to lock in a locked vault', () => {
    const { done, actions } = noteActions()
    const items = trayMenu(
      aStanding({
        gateway: { state: 'off', baseUrl: 'http://127.0.0.1:4141/v1' },
        vault: { state: 'locked', interface: 'locked' },
      }),
      actions,
      en,
    )
    click(items, en.gatewayOn)
    expect(done).toEqual(['gateway on'])
    expect(() => click(items, en.lock)).toThrow('nothing to click')
  })

  it('tick presentation mode while it is on, and a click ends it', () => {
    const { done, actions } = noteActions()
    const standing = aStanding()
    const on = { ...standing, settings: { ...standing.settings, presentation: true } }
    const item = flat(applicationMenu('darwin', on, actions, en)).find(({ label }) => label === en.present)
    expect(item).toMatchObject({ type: 'checkbox', checked: true })
    click(trayMenu(on, actions, en), en.present)
    expect(done).toEqual(['present off'])
  })
})

describe("the application's menu", () => {
  it.each(platforms)('has the roles that nothing works without on %s, each with a label of its own', (platform) => {
    for (const texts of [en, zh]) {
      const items = flat(applicationMenu(platform, aStanding(), noteActions().actions, texts))
      const roles = items.flatMap(({ role }) => role ?? [])
      for (const role of ['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'togglefullscreen', 'quit']) {
        expect(roles).toContain(role)
      }
      expect(roles.includes('hideOthers')).toBe(platform === 'darwin')
      expect(items.filter(({ role, label }) => role !== undefined && !label)).toEqual([])
    }
  })

  it('opens no developer tools and reloads nothing', () => {
    const roles = flat(applicationMenu('linux', aStanding(), noteActions().actions, en)).map(({ role }) => role)
    for (const role of ['toggleDevTools', 'reload', 'forceReload'] as const) expect(roles).not.toContain(role)
  })
})

describe('the menu of the right mouse button', () => {
  const editFlags = { canCut: true, canCopy: true, canPaste: false, canSelectAll: true }

  it('works on text in a field, as far as the field allows', () => {
    const items = contextMenu({ isEditable: true, selectionText: '', editFlags }, zh)
    expect(items.flatMap(({ role, label, enabled }) => (role ? [[role, label, enabled]] : []))).toEqual([
      ['cut', '剪切', true],
      ['copy', '复制', true],
      ['paste', '粘贴', false],
      ['selectAll', '全选', true],
    ])
  })

  it('copies what is selected, and stays away where nothing is', () => {
    expect(contextMenu({ isEditable: false, selectionText: 'acct-1', editFlags }, en).map(({ role }) => role)).toEqual([
      'copy',
    ])
    expect(contextMenu({ isEditable: false, selectionText: '  ', editFlags }, en)).toEqual([])
  })
})

describe('the tray is made once, and touched only for a reason', () => {
  const picture = (name: string) => ({ name }) as unknown as NativeImage

  function aView(clickShowsWindow: boolean) {
    const seen: string[] = []
    let click = () => {}
    const view = createTrayView<string>({
      createTray: () => {
        seen.push('made')
        return {
          setImage: (image) => void seen.push(`image ${(image as unknown as { name: string }).name}`),
          setToolTip: () => void seen.push('tooltip'),
          setContextMenu: () => void seen.push('menu'),
          on: (_event, listener) => (click = listener),
        }
      },
      pictures: { serving: picture('serving'), paused: picture('paused'), locked: picture('locked') },
      buildMenu: (template) => JSON.stringify(template),
      clickShowsWindow,
    })
    return { view, seen, click: () => click() }
  }

  it('leaves an open menu alone while nothing changed', () => {
    const { view, seen } = aView(true)
    const { actions } = noteActions()
    view.show(aStanding(), actions, en)
    view.show(aStanding(), actions, en)
    expect(seen).toEqual(['made', 'image serving', 'tooltip', 'menu'])
    view.show(aStanding({ vault: { state: 'locked', interface: 'locked' } }), actions, en)
    expect(seen.slice(4)).toEqual(['image locked', 'tooltip', 'menu'])
    view.show(aStanding({ vault: { state: 'locked', interface: 'locked' } }), actions, zh)
    expect(seen.slice(7)).toEqual(['image locked', 'tooltip', 'menu'])
  })

  it('brings the window on a click, but on macOS, where a click opens the menu', () => {
    for (const shows of [true, false]) {
      const { view, click } = aView(shows)
      const { done, actions } = noteActions()
      view.show(aStanding(), actions, en)
      click()
      expect(done).toEqual(shows ? ['show'] : [])
    }
  })
})
