import { lazy } from 'react'

/** What is opened rarely is loaded when it is, so that the view is there sooner. */
export const ClientDialog = lazy(async () => ({ default: (await import('./client-dialog.tsx')).ClientDialog }))
export const RevokeQuestion = lazy(async () => ({ default: (await import('./client-questions.tsx')).RevokeQuestion }))
export const RotateQuestion = lazy(async () => ({ default: (await import('./client-questions.tsx')).RotateQuestion }))
