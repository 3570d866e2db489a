import { lazy, type ComponentType } from 'react'
import type { ViewName } from './router.ts'

/** Each view is loaded when it is first opened. */
export const views: Partial<Record<ViewName, ComponentType>> = {
  activity: lazy(async () => ({ default: (await import('../features/activity/activity-view.tsx')).ActivityView })),
  playground: lazy(async () => ({
    default: (await import('../features/playground/playground-view.tsx')).PlaygroundView,
  })),
  dashboard: lazy(async () => ({ default: (await import('../features/dashboard/dashboard-view.tsx')).DashboardView })),
  models: lazy(async () => ({ default: (await import('../features/models/models-view.tsx')).ModelsView })),
  gateway: lazy(async () => ({ default: (await import('../features/gateway/gateway-view.tsx')).GatewayView })),
  transfer: lazy(async () => ({ default: (await import('../features/transfer/transfer-view.tsx')).TransferView })),
  settings: lazy(async () => ({ default: (await import('./settings-page.tsx')).SettingsPage })),
}

/** What stands before the views, or beside them, and is needed rarely. */
export const FirstRunView = lazy(async () => ({
  default: (await import('../features/vault/first-run-view.tsx')).FirstRunView,
}))
export const LockedView = lazy(async () => ({
  default: (await import('../features/vault/locked-view.tsx')).LockedView,
}))
export const DamagedView = lazy(async () => ({
  default: (await import('../features/vault/damaged-view.tsx')).DamagedView,
}))
export const VaultSetup = lazy(async () => ({
  default: (await import('../features/vault/vault-setup.tsx')).VaultSetup,
}))
export const KitDialog = lazy(async () => ({
  default: (await import('../features/vault/kit-dialog.tsx')).KitDialog,
}))
export const TokenDialog = lazy(async () => ({
  default: (await import('../features/gateway/token-dialog.tsx')).TokenDialog,
}))
export const OpenInterface = lazy(async () => ({
  default: (await import('../features/vault/open-interface.tsx')).OpenInterface,
}))
export const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
export const Shortcuts = lazy(async () => ({ default: (await import('./shortcuts.tsx')).Shortcuts }))
