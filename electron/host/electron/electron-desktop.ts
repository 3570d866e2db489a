import type { BrowserWindow, Menu, NativeTheme } from 'electron'
import type { Desktop, DesktopActions, DesktopStanding } from '../../desktop/desktop.ts'
import { desktopTexts, type DesktopTexts } from './desktop-texts.ts'
import type { LoginItem } from './login-item.ts'
import { applicationMenu } from './menu.ts'
import type { createPanicShortcut } from './panic-shortcut.ts'
import type { createTrayView } from './tray.ts'

/** The desktop around the one window: it follows what it is shown, and reports what the system made of it. */
export interface ElectronDesktopParts {
  platform: NodeJS.Platform
  menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>
  nativeTheme: Pick<NativeTheme, 'themeSource'>
  tray: ReturnType<typeof createTrayView<Menu>>
  panicShortcut: ReturnType<typeof createPanicShortcut>
  loginItem: LoginItem
  showWindow: () => void
  quit: () => void
}

type ProtectedWindow = Pick<BrowserWindow, 'isDestroyed' | 'setContentProtection'>

export interface ElectronDesktop extends Desktop {
  /** The window, once it is there. */
  holds(window: ProtectedWindow): void
  /** Whether closing the window leaves the application in the tray. */
  livesInTray(): boolean
  texts(): DesktopTexts
}

/** Linux has no way to keep a window out of a screenshot. */
const canProtect = (platform: NodeJS.Platform) => platform === 'darwin' || platform === 'win32'

export function createElectronDesktop(parts: ElectronDesktopParts): ElectronDesktop {
  const { platform, menu, nativeTheme, tray, panicShortcut, loginItem, showWindow, quit } = parts
  let actions: DesktopActions | null = null
  let standing: DesktopStanding | null = null
  let window: ProtectedWindow | null = null
  let shownMenu = ''
  const texts = () => desktopTexts[standing?.language ?? 'en']

  function protect() {
    if (standing === null || window === null || window.isDestroyed() || !canProtect(platform)) return
    window.setContentProtection(standing.settings.contentProtection)
  }

  /** A menu that is built anew closes while somebody has it open, so it is built only for a reason. */
  function showMenu(now: DesktopStanding, act: DesktopActions) {
    const next = JSON.stringify([now.language, now.gateway.state, now.vault.state, now.settings.presentation])
    if (next === shownMenu) return
    shownMenu = next
    menu.setApplicationMenu(menu.buildFromTemplate(applicationMenu(platform, now, act, texts())))
  }

  return {
    status: () => ({
      panicShortcut: panicShortcut.status(),
      launchAtLogin: loginItem.status(),
      contentProtection: !canProtect(platform) ? 'unavailable' : standing?.settings.contentProtection ? 'on' : 'off',
    }),
    launchAtLogin: (on) => loginItem.set(on),
    connect: (given) => void (actions = given),
    show(now) {
      if (actions === null) return
      const act = actions
      standing = now
      nativeTheme.themeSource = now.settings.theme
      showMenu(now, act)
      tray.show(now, { ...act, showWindow, quit }, texts())
      panicShortcut.follow(now.settings.panicShortcut, () => act.panic())
      protect()
    },
    holds(given) {
      window = given
      protect()
    },
    livesInTray: () => standing?.settings.closeToTray ?? false,
    texts,
  }
}
