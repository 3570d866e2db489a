import type { TFunction } from 'i18next'
import type { GatewayStatus } from '../../shared/gateway.ts'
import type { ModelView } from '../../shared/model.ts'
import type { SettingsChange } from '../../shared/settings.ts'
import type { VaultStatus } from '../../shared/vault.ts'
import { changeSettings } from './change-settings.ts'
import { copyText } from './copy-text.ts'
import { useGateway } from './gateway-store.ts'
import { panic } from './panic.ts'
import { askToOpen } from './interface-lock.ts'
import { navigate, viewNames } from './router.ts'
import { openNotices } from './notices.ts'
import { openShortcuts } from './shortcuts-store.ts'
import { startSimulator, stopSimulator } from './simulator.ts'
import { attempt, undoLast } from './toast.tsx'
import { useVaultSetup } from './vault-setup-store.ts'
import { useVault } from './vault-store.ts'
import { mayLeave } from '../ui/unsaved.ts'

export interface Command {
  id: string
  label: string
  run: () => void
}

type ShellText = TFunction

export const viewCommands = (t: ShellText): Command[] =>
  viewNames.map((view) => ({ id: `view-${view}`, label: t(`nav.${view}`), run: () => navigate(view) }))

export const modelCommands = (models: readonly ModelView[]): Command[] =>
  models.map((model) => ({
    id: `model-${model.id}`,
    label: model.name,
    run: () => navigate('models', model.id),
  }))

const lookCommands = (t: ShellText): Command[] => {
  const set = (edit: SettingsChange) => () => changeSettings(edit)
  return [
    { id: 'theme-light', label: t('action.themeLight'), run: set({ theme: 'light' }) },
    { id: 'theme-dark', label: t('action.themeDark'), run: set({ theme: 'dark' }) },
    { id: 'theme-system', label: t('action.themeSystem'), run: set({ theme: 'system' }) },
    { id: 'english', label: t('action.english'), run: set({ language: 'en' }) },
    { id: 'chinese', label: t('action.chinese'), run: set({ language: 'zh-CN' }) },
    { id: 'compact', label: t('action.compact'), run: set({ density: 'compact' }) },
    { id: 'normal', label: t('action.normal'), run: set({ density: 'normal' }) },
  ]
}

const presentationCommand = (t: ShellText, presenting: boolean): Command => ({
  id: 'presentation',
  label: t(presenting ? 'action.presentOff' : 'action.presentOn'),
  run: () => changeSettings({ presentation: !presenting }),
})

/** What leads elsewhere asks first what is unsaved here. */
export const leading = (run: () => void) => (): void => {
  if (mayLeave()) run()
}

const gatewayCommands = (t: ShellText, gateway: GatewayStatus | null): Command[] => {
  if (gateway === null) return []
  const { baseUrl, state } = gateway
  const { switchTo } = useGateway.getState()
  const { withVault } = useVaultSetup.getState()
  return [
    state.kind === 'on'
      ? { id: 'gateway-off', label: t('action.gatewayOff'), run: () => attempt(() => switchTo({ on: false })) }
      : { id: 'gateway-on', label: t('action.gatewayOn'), run: () => attempt(() => switchTo({ on: true })) },
    {
      id: 'copy-base-url',
      label: t('action.copyBaseUrl'),
      run: () => void copyText(baseUrl, t('gateway.copied', { url: baseUrl })),
    },
    {
      id: 'new-client',
      label: t('action.newClient'),
      run: leading(() => withVault(() => navigate('gateway', 'new'))),
    },
  ]
}

/** How things stand, as far as it decides what can be done. */
export interface Standing {
  vault: VaultStatus | null
  simulator: boolean
  gateway: GatewayStatus | null
  presenting: boolean
}

/** Everything that can be done from anywhere. */
export function actionCommands(t: ShellText, { vault, simulator, gateway, presenting }: Standing): Command[] {
  const { withVault } = useVaultSetup.getState()
  const { lock, lockInterface } = useVault.getState()
  return [
    { id: 'add-model', label: t('action.addModel'), run: leading(() => withVault(() => navigate('models', 'new'))) },
    { id: 'import', label: t('action.importEnv'), run: leading(() => navigate('transfer')) },
    simulator
      ? { id: 'stop-simulator', label: t('action.stopSimulator'), run: () => attempt(stopSimulator) }
      : { id: 'start-simulator', label: t('action.startSimulator'), run: () => attempt(startSimulator) },
    ...gatewayCommands(t, gateway),
    ...(vault?.state === 'unlocked'
      ? [
          vault.interface === 'open'
            ? { id: 'lock-interface', label: t('action.lockInterface'), run: () => attempt(lockInterface) }
            : { id: 'open-interface', label: t('action.openInterface'), run: () => void askToOpen() },
          { id: 'lock', label: t('action.lock'), run: () => attempt(lock) },
        ]
      : []),
    presentationCommand(t, presenting),
    { id: 'panic', label: t('action.panic'), run: () => attempt(panic) },
    ...lookCommands(t),
    { id: 'messages', label: t('action.messages'), run: openNotices },
    { id: 'undo', label: t('action.undo'), run: undoLast },
    { id: 'shortcuts', label: t('action.shortcuts'), run: openShortcuts },
  ]
}
