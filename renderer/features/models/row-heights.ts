import { useSettings } from '../../app/settings-store.ts'

/** In pixels, because rows that are not drawn are counted by their height; the same as in the style sheets. */
const heights = {
  normal: { keyRow: 48, modelItem: 62 },
  compact: { keyRow: 38, modelItem: 48 },
} as const

export const useRowHeights = (): (typeof heights)['normal' | 'compact'] =>
  heights[useSettings((store) => store.settings.density)]
