import type { MenuItemConstructorOptions, NativeImage, Tray } from 'electron'
import type { DesktopActions, DesktopStanding } from '../../desktop/desktop.ts'
import { commandItems } from './command-items.ts'
import type { DesktopTexts } from './desktop-texts.ts'

/** The tray: its picture and tooltip say how things stand, its menu does what cannot wait for the window. */
export type TrayPicture = 'serving' | 'paused' | 'locked'

export function trayPicture({ vault, gateway }: DesktopStanding): TrayPicture {
  if (vault.state === 'locked' || vault.state === 'damaged') return 'locked'
  return gateway.state === 'on' ? 'serving' : 'paused'
}

/** One line each for gateway, vault and keys. */
export function trayLines({ vault, gateway, keys }: DesktopStanding, texts: DesktopTexts): string[] {
  const { gatewayIs } = texts
  const { state } = gateway
  const on = vault.state === 'locked' ? gatewayIs.held : gatewayIs.on(new URL(gateway.baseUrl).host)
  return [state === 'on' ? on : gatewayIs[state], texts.vaultIs[vault.state], texts.keys(keys.ready, keys.all)]
}

export function trayMenu(
  standing: DesktopStanding,
  actions: DesktopActions & { showWindow(): void; quit(): void },
  texts: DesktopTexts,
): MenuItemConstructorOptions[] {
  return [
    ...trayLines(standing, texts).map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    { label: texts.show, click: () => actions.showWindow() },
    ...commandItems(standing, actions, texts),
    { type: 'separator' },
    { label: texts.quit, click: () => actions.quit() },
  ]
}

export type ShownTray<Menu> = Pick<Tray, 'setImage' | 'setToolTip'> & {
  setContextMenu(menu: Menu): void
  on(event: 'click', listener: () => void): unknown
}

export interface TrayParts<Menu> {
  createTray: (picture: NativeImage) => ShownTray<Menu>
  pictures: Readonly<Record<TrayPicture, NativeImage>>
  buildMenu: (template: MenuItemConstructorOptions[]) => Menu
  /** macOS opens the menu on every click; elsewhere a click brings the window. */
  clickShowsWindow: boolean
}

type TrayActions = Parameters<typeof trayMenu>[1]

/** Made when there is something to show, and changed only where something is another than before. */
export function createTrayView<Menu>({ createTray, pictures, buildMenu, clickShowsWindow }: TrayParts<Menu>) {
  let tray: ShownTray<Menu> | null = null
  let shown = ''

  function created(picture: TrayPicture, actions: TrayActions) {
    const made = createTray(pictures[picture])
    if (clickShowsWindow) made.on('click', () => actions.showWindow())
    return made
  }

  return {
    show(standing: DesktopStanding, actions: TrayActions, texts: DesktopTexts) {
      const picture = trayPicture(standing)
      const lines = trayLines(standing, texts)
      const next = JSON.stringify([picture, lines, standing.settings.presentation])
      if (next === shown) return
      shown = next
      tray ??= created(picture, actions)
      tray.setImage(pictures[picture])
      tray.setToolTip([texts.keywheel, ...lines].join('\n'))
      tray.setContextMenu(buildMenu(trayMenu(standing, actions, texts)))
    },
  }
}
