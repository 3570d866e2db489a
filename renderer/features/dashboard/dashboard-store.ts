import { create } from 'zustand'

interface DashboardStore {
  /** The moment at the right edge of the lanes while they stand still; null while they are live. */
  pausedAtMs: number | null
  pause: (nowMs: number) => void
  resume: () => void
  /** Ends the window at this moment: as far back as a day, and live again when it would pass now. */
  lookAt: (toMs: number, nowMs: number) => void
}

const furthestBackMs = 24 * 3_600_000

export const useDashboard = create<DashboardStore>((set) => ({
  pausedAtMs: null,
  pause: (nowMs) => set({ pausedAtMs: nowMs }),
  resume: () => set({ pausedAtMs: null }),
  lookAt: (toMs, nowMs) => set({ pausedAtMs: toMs >= nowMs ? null : Math.max(nowMs - furthestBackMs, toMs) }),
}))
