import type { GatewayHttp } from '../gateway/http/gateway-http.ts'
import type { ModelView } from '../../shared/model.ts'
import type { SettingsChange, Settings } from '../../shared/settings.ts'
import type { Bus } from '../events/bus.ts'
import type { Clock } from '../rotation/clock.ts'
import type { VaultAccess } from '../vault-access/vault-access.ts'
import { createPanic } from '../vault-access/panic.ts'
import type { Desktop } from './desktop.ts'
import { countKeys, followDesktop } from './follow-desktop.ts'

/** Panic, which every host has, and the desktop around the window, where there is one. */
export interface OpenDesktopDeps {
  desktop: Desktop | undefined
  clipboard: { clear(): void } | undefined
  /** What the system speaks. */
  systemLanguage: 'en' | 'zh-CN'
  settings: { get: () => Settings; set: (change: SettingsChange) => unknown }
  vaultAccess: Pick<VaultAccess, 'status' | 'lock'>
  gatewayHttp: Pick<GatewayHttp, 'switch' | 'cut'>
  playground: { cut: () => void }
  modelViews: () => readonly ModelView[]
  bus: Bus
  clock: Clock
  reportBug: (error: unknown) => void
}

export function openDesktop(deps: OpenDesktopDeps) {
  const { desktop, clipboard, systemLanguage, settings, vaultAccess, gatewayHttp, playground, modelViews, bus, clock } =
    deps
  const { reportBug } = deps
  const panic = createPanic({
    async stopGateway() {
      const stopped = gatewayHttp.switch.set({ on: false })
      gatewayHttp.cut()
      await stopped
    },
    cutAnswers: () => playground.cut(),
    lockVault: () => vaultAccess.lock(),
    clearClipboard: clipboard && (() => clipboard.clear()),
    reportBug,
  })
  const standing = () => {
    const { language, ...chosen } = settings.get()
    const { state, baseUrl } = gatewayHttp.switch.status()
    return {
      language: language === 'system' ? systemLanguage : language,
      settings: chosen,
      gateway: { state: state.kind, baseUrl },
      vault: vaultAccess.status(),
      keys: countKeys(modelViews()),
    }
  }
  const followed = followDesktop({
    desktop,
    bus,
    clock,
    standing,
    actions: {
      panic: () => void panic().catch(reportBug),
      switchGateway: (on) => void gatewayHttp.switch.set({ on }).catch(reportBug),
      lockVault: () => void vaultAccess.lock().catch(reportBug),
      present: (on) => void settings.set({ presentation: on }),
    },
  })
  return { ...followed, panic }
}
