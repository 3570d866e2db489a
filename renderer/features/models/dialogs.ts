import { lazy } from 'react'

/** What is opened rarely is loaded when it is, so that the table is there sooner. */
export const AddKeys = lazy(async () => ({ default: (await import('./add-keys.tsx')).AddKeys }))
export const AddModel = lazy(async () => ({ default: (await import('./add-model.tsx')).AddModel }))
export const BinDialog = lazy(async () => ({ default: (await import('./bin-dialog.tsx')).BinDialog }))
export const EffectiveConfig = lazy(async () => ({ default: (await import('./effective-config.tsx')).EffectiveConfig }))
export const ModelSettings = lazy(async () => ({ default: (await import('./model-settings.tsx')).ModelSettings }))
export const ReplaceKey = lazy(async () => ({ default: (await import('./replace-key.tsx')).ReplaceKey }))
export const RevealDialog = lazy(async () => ({ default: (await import('./reveal-dialog.tsx')).RevealDialog }))
