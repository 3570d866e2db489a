/** The window comes back where it was, as long as a screen still shows it there. */
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import * as z from 'zod'
import type { Clock } from '../../rotation/clock.ts'
import type { SettingsFile } from '../../settings/settings.ts'

const Kept = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  isMaximized: z.boolean(),
})

const settingName = 'window'
const keepAfterMs = 500
/** So much of the window's top must be on a screen, or nobody could take hold of it. */
const graspable = { width: 120, height: 40 }

export const smallestWindow = { width: 960, height: 600 }
const firstSize = { width: 1280, height: 832 }

export interface WindowPlace {
  bounds: Pick<BrowserWindowConstructorOptions, 'x' | 'y' | 'width' | 'height'>
  isMaximized: boolean
}

/** `workAreas` are what the screens leave to windows. */
export function windowPlace(kept: unknown, workAreas: readonly Rectangle[]): WindowPlace {
  const parsed = Kept.safeParse(kept)
  if (!parsed.success) return { bounds: firstSize, isMaximized: false }
  const { x, y, isMaximized } = parsed.data
  const width = Math.max(parsed.data.width, smallestWindow.width)
  const height = Math.max(parsed.data.height, smallestWindow.height)
  const top = { x, y, width, height: graspable.height }
  const isSeen = workAreas.some((area) => {
    const seen = overlap(top, area)
    return seen.width >= graspable.width && seen.height >= graspable.height
  })
  return { bounds: isSeen ? { x, y, width, height } : { width, height }, isMaximized }
}

function overlap(one: Rectangle, other: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x),
    height: Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y),
  }
}

export interface PlacedWindow {
  on(event: 'resize' | 'move' | 'maximize' | 'unmaximize' | 'close', listener: () => void): unknown
  getNormalBounds(): Rectangle
  isMaximized(): boolean
}

export const keptPlace = (settings: Pick<SettingsFile, 'get'>): unknown => settings.get(settingName)

/** Writes the place down once it rests, and at the end. That it cannot be written is nobody's trouble. */
export function keepPlace(
  window: PlacedWindow,
  settings: Pick<SettingsFile, 'set'>,
  clock: Pick<Clock, 'schedule'>,
): void {
  let cancel = () => {}
  const keep = () => {
    cancel()
    const { x, y, width, height } = window.getNormalBounds()
    try {
      settings.set(settingName, { x, y, width, height, isMaximized: window.isMaximized() })
    } catch {
      // The disk is full, or cannot be written.
    }
  }
  const keepSoon = () => {
    cancel()
    cancel = clock.schedule(keepAfterMs, keep)
  }
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const) window.on(event, keepSoon)
  window.on('close', keep)
}
