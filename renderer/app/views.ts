import { lazy, type ComponentType } from 'react'
import { viewNames, type ViewName } from './router.ts'

const loaders: Record<ViewName, () => Promise<{ default: ComponentType }>> = {
  activity: async () => ({ default: (await import('../features/activity/activity-view.tsx')).ActivityView }),
  playground: async () => ({ default: (await import('../features/playground/playground-view.tsx')).PlaygroundView }),
  dashboard: async () => ({ default: (await import('../features/dashboard/dashboard-view.tsx')).DashboardView }),
  models: async () => ({ default: (await import('../features/models/models-view.tsx')).ModelsView }),
  gateway: async () => ({ default: (await import('../features/gateway/gateway-view.tsx')).GatewayView }),
  transfer: async () => ({ default: (await import('../features/transfer/transfer-view.tsx')).TransferView }),
  settings: async () => ({ default: (await import('./settings-page.tsx')).SettingsPage }),
}

const loaded: Partial<Record<ViewName, ComponentType>> = {}

const loadView = async (name: ViewName) => {
  const view = await loaders[name]()
  loaded[name] = view.default
  return view
}

const views: Record<ViewName, ComponentType> = {
  activity: lazy(() => loadView('activity')),
  playground: lazy(() => loadView('playground')),
  dashboard: lazy(() => loadView('dashboard')),
  models: lazy(() => loadView('models')),
  gateway: lazy(() => loadView('gateway')),
  transfer: lazy(() => loadView('transfer')),
  settings: lazy(() => loadView('settings')),
}

/** A view is loaded when it is first opened. One that is there already does not wait as `lazy` would, for 300 ms. */
export const viewOf = (name: ViewName): ComponentType => loaded[name] ?? views[name]

/** Loads the other views while nobody waits; one that cannot be had says so when it is opened. */
export function preloadViews(): () => void {
  const waiting = requestIdleCallback(() => {
    for (const name of viewNames) loadView(name).catch(() => undefined)
  })
  return () => cancelIdleCallback(waiting)
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
export const PastNotices = lazy(async () => ({ default: (await import('./past-notices.tsx')).PastNotices }))
