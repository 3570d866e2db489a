import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { App } from 'electron'
import type { DesktopStatus } from '../../../shared/desktop.ts'

/**
 * Starting at login belongs to the system, which is asked each time: a person may take it back in the system's own
 * settings. Electron knows how on macOS and Windows; Linux has the XDG autostart folder.
 */
export interface LoginItem {
  status(): DesktopStatus['launchAtLogin']
  set(on: boolean): void
}

/** Said by whoever starts the application at login: with the tray to live in, no window is shown. */
export const backgroundSwitch = 'in-background'

export type LoginItemApp = Pick<App, 'isPackaged' | 'getLoginItemSettings' | 'setLoginItemSettings'>

export interface LoginItemMachine {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  homeFolder: string
  execPath: string
}

/** A program that is run from its sources has nothing that could be started at login. */
export function createLoginItem(app: LoginItemApp, machine: LoginItemMachine): LoginItem {
  if (!app.isPackaged) return { status: () => 'unavailable', set: () => {} }
  return machine.platform === 'linux' ? autostartFile(machine) : electronLoginItem(app)
}

function electronLoginItem(app: LoginItemApp): LoginItem {
  const item = { args: [`--${backgroundSwitch}`] }
  return {
    status() {
      const { openAtLogin, status } = app.getLoginItemSettings(item)
      return status === 'requires-approval' ? 'ask' : openAtLogin ? 'on' : 'off'
    },
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin, ...item }),
  }
}

function autostartFile({ env, homeFolder, execPath }: LoginItemMachine): LoginItem {
  const chosen = env['XDG_CONFIG_HOME']
  const folder = chosen !== undefined && isAbsolute(chosen) ? chosen : join(homeFolder, '.config')
  const path = join(folder, 'autostart', 'keywheel.desktop')
  return {
    status: () => (existsSync(path) ? 'on' : 'off'),
    set(on) {
      if (!on) return rmSync(path, { force: true })
      mkdirSync(dirname(path), { recursive: true })
      // An AppImage runs from a place that is gone when it ends; it says itself where its file lies.
      writeFileSync(path, desktopEntry(env['APPIMAGE'] ?? execPath))
    },
  }
}

/** Desktop Entry Specification, Exec: quoted, with its own escapes, in a value that has escapes of its own. */
function desktopEntry(program: string): string {
  const quoted = `"${program.replaceAll(/["`$\\]/g, String.raw`\$&`)}"`.replaceAll('\\', '\\\\').replaceAll('%', '%%')
  return `[Desktop Entry]
Type=Application
Name=Keywheel
Exec=${quoted} --${backgroundSwitch}
X-GNOME-Autostart-enabled=true
`
}
