import { create } from 'zustand'

export const windowsMinutes = [1, 5, 15] as const
export type WindowMinutes = (typeof windowsMinutes)[number]

interface DashboardStore {
  windowMinutes: WindowMinutes
  /** The moment at the right edge of the lanes while they stand still; null while they are live. */
  pausedAtMs: number | null
  setWindow: (minutes: WindowMinutes) => void
  pause: (nowMs: number) => void
  resume: () => void
  /** Moves the paused window by a share of its length; it never passes now. */
  scrub: (share: number, nowMs: number) => void
}

export const useDashboard = create<DashboardStore>((set, get) => ({
  windowMinutes: 1,
  pausedAtMs: null,
  setWindow: (windowMinutes) => set({ windowMinutes }),
  pause: (nowMs) => set({ pausedAtMs: nowMs }),
  resume: () => set({ pausedAtMs: null }),
  scrub: (share, nowMs) => {
    const { pausedAtMs, windowMinutes } = get()
    set({ pausedAtMs: Math.min(nowMs, (pausedAtMs ?? nowMs) + share * windowMinutes * 60_000) })
  },
}))
