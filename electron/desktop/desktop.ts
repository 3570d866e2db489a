import type { DesktopStatus } from '../../shared/desktop.ts'
import type { GatewayStatus } from '../../shared/gateway.ts'
import type { Settings } from '../../shared/settings.ts'
import type { VaultStatus } from '../../shared/vault.ts'

/** What can be seen of the application from outside its window. Nothing of a key is in it but how many there are. */
export interface DesktopStanding {
  readonly language: 'en' | 'zh-CN'
  readonly settings: Pick<Settings, 'theme' | 'presentation' | 'closeToTray' | 'panicShortcut' | 'contentProtection'>
  readonly gateway: Pick<GatewayStatus, 'baseUrl'> & { readonly state: GatewayStatus['state']['kind'] }
  readonly vault: Pick<VaultStatus, 'state' | 'interface'>
  readonly keys: { readonly ready: number; readonly all: number }
}

/** What a person may do from there. Each ends by itself; what fails is reported, and the tray shows what is true. */
export interface DesktopActions {
  panic(): void
  switchGateway(on: boolean): void
  lockVault(): void
  present(on: boolean): void
}

/** The desktop around the window: tray, menus, the shortcut for panic, the login item. */
export interface Desktop {
  status(): DesktopStatus
  launchAtLogin(on: boolean): void
  /** Once, before anything is shown. */
  connect(actions: DesktopActions): void
  /** At the start, and whenever something of it is another than before. */
  show(standing: DesktopStanding): void
}
