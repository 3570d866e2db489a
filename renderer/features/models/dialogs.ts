import { lazy } from 'react'

/** What is opened rarely is loaded when it is, so that the table is there sooner. */
export const AddKeys = lazy(async () => ({ default: (await import('./add-keys.tsx')).AddKeys }))
export const AddModel = lazy(async () => ({ default: (await import('./add-model.tsx')).AddModel }))
export const BinDialog = lazy(async () => ({ default: (await import('./bin-dialog.tsx')).BinDialog }))
export const EditKey = lazy(async () => ({ default: (await import('./edit-key.tsx')).EditKey }))
export const EditMany = lazy(async () => ({ default: (await import('./edit-many.tsx')).EditMany }))
export const EffectiveConfig = lazy(async () => ({ default: (await import('./effective-config.tsx')).EffectiveConfig }))
export const KeyWatch = lazy(async () => ({ default: (await import('./key-watch-dialog.tsx')).KeyWatch }))
export const ModelSettings = lazy(async () => ({ default: (await import('./model-settings.tsx')).ModelSettings }))
export const MoveKeys = lazy(async () => ({ default: (await import('./move-keys.tsx')).MoveKeys }))
export const PauseUntil = lazy(async () => ({ default: (await import('./pause-until.tsx')).PauseUntil }))
export const ReplaceKey = lazy(async () => ({ default: (await import('./replace-key.tsx')).ReplaceKey }))
export const RevealDialog = lazy(async () => ({ default: (await import('./reveal-dialog.tsx')).RevealDialog }))
