import { lazy, type ComponentType } from 'react'
import type { ViewName } from './router.ts'

/** Each view is loaded when it is first opened. */
export const views: Partial<Record<ViewName, ComponentType>> = {
  models: lazy(async () => ({ default: (await import('../features/models/models-view.tsx')).ModelsView })),
}
