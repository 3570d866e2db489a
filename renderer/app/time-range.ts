/** How far back the views look; the control in the top bar and the lanes' zoom are the same choice. */
import { create } from 'zustand'

/** From one minute to a day. */
export const rangeMinutes = [1, 5, 15, 60, 360, 1440] as const
export type RangeMinutes = (typeof rangeMinutes)[number]

interface TimeRangeStore {
  minutes: RangeMinutes
  /** Activity lists everything that is kept, until a range is chosen. */
  everything: boolean
  choose: (minutes: RangeMinutes) => void
  chooseEverything: () => void
}

export const useTimeRange = create<TimeRangeStore>((set) => ({
  minutes: 1,
  everything: true,
  choose: (minutes) => set({ minutes, everything: false }),
  chooseEverything: () => set({ everything: true }),
}))

/** The next range in a direction; the same one at the end. */
export function zoomed(minutes: RangeMinutes, direction: 'in' | 'out'): RangeMinutes {
  const index = rangeMinutes.indexOf(minutes) + (direction === 'in' ? -1 : 1)
  return rangeMinutes[Math.max(0, Math.min(rangeMinutes.length - 1, index))] ?? minutes
}
