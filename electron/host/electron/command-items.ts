import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopActions, DesktopStanding } from '../../desktop/desktop.ts'
import type { DesktopTexts } from './desktop-texts.ts'

/** What can be done from outside the page, the same in the tray and in the application's menu. */
export function commandItems(
  { gateway, vault, settings }: DesktopStanding,
  actions: DesktopActions,
  texts: DesktopTexts,
): MenuItemConstructorOptions[] {
  const isOn = gateway.state === 'on' || gateway.state === 'starting'
  return [
    { label: isOn ? texts.gatewayOff : texts.gatewayOn, click: () => actions.switchGateway(!isOn) },
    { label: texts.lock, enabled: vault.state === 'unlocked', click: () => actions.lockVault() },
    {
      label: texts.present,
      type: 'checkbox',
      checked: settings.presentation,
      click: () => actions.present(!settings.presentation),
    },
    { type: 'separator' },
    { label: texts.panic, click: () => actions.panic() },
  ]
}
