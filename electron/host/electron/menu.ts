import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopActions, DesktopStanding } from '../../desktop/desktop.ts'
import { commandItems } from './command-items.ts'
import type { DesktopTexts } from './desktop-texts.ts'

/**
 * The application's menu. Its roles are wired by the system, and without them macOS has no copy and paste; their labels
 * are ours, because Electron's own are English everywhere.
 */
type Role = NonNullable<MenuItemConstructorOptions['role']> & keyof DesktopTexts

const separator: MenuItemConstructorOptions = { type: 'separator' }

export function applicationMenu(
  platform: NodeJS.Platform,
  standing: DesktopStanding,
  actions: DesktopActions,
  texts: DesktopTexts,
): MenuItemConstructorOptions[] {
  const role = (name: Role): MenuItemConstructorOptions => ({ role: name, label: texts[name] })
  const isMac = platform === 'darwin'
  const beforeCommands = isMac ? [role('about'), separator] : []
  const afterCommands = isMac
    ? [separator, role('hide'), role('hideOthers'), role('unhide'), separator, role('quit')]
    : [separator, role('quit')]
  return [
    {
      label: texts.keywheel,
      submenu: [...beforeCommands, ...commandItems(standing, actions, texts), ...afterCommands],
    },
    {
      label: texts.edit,
      submenu: [role('undo'), role('redo'), separator, role('cut'), role('copy'), role('paste'), role('selectAll')],
    },
    {
      label: texts.view,
      submenu: [role('resetZoom'), role('zoomIn'), role('zoomOut'), separator, role('togglefullscreen')],
    },
    { role: 'window', label: texts.window, submenu: [role('minimize'), role('close')] },
  ]
}
