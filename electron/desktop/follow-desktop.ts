import type { DesktopStatus } from '../../shared/desktop.ts'
import type { ModelView } from '../../shared/model.ts'
import type { Bus } from '../events/bus.ts'
import type { Clock } from '../rotation/clock.ts'
import type { Desktop, DesktopActions, DesktopStanding } from './desktop.ts'

/** Shows the desktop how things stand: at once when a person changed something, and of many events at most one a second. */
export interface FollowedDesktop {
  status(): DesktopStatus | null
  launchAtLogin(on: boolean): DesktopStatus | null
  /** After the start, when there is something to show. */
  start(): void
  close(): void
}

export interface FollowDesktopDeps {
  desktop: Desktop | undefined
  bus: Bus
  clock: Pick<Clock, 'schedule'>
  standing: () => DesktopStanding
  actions: DesktopActions
}

const calmMs = 1_000

const byHand = ['settings-changed', 'vault-changed', 'gateway-changed'] as const
const often = ['models-changed', 'key-state'] as const

export function followDesktop({ desktop, bus, clock, standing, actions }: FollowDesktopDeps): FollowedDesktop {
  let cancel: (() => void) | null = null
  const show = () => {
    cancel?.()
    cancel = null
    desktop?.show(standing())
  }
  const showSoon = () => {
    cancel ??= clock.schedule(calmMs, show)
  }
  let unsubscribe = () => {}
  return {
    status: () => desktop?.status() ?? null,
    launchAtLogin(on) {
      desktop?.launchAtLogin(on)
      return desktop?.status() ?? null
    },
    start() {
      if (desktop === undefined) return
      desktop.connect(actions)
      const unsubscribes = [bus.subscribe(show, byHand), bus.subscribe(showSoon, often)]
      unsubscribe = () => unsubscribes.forEach((stop) => stop())
      show()
    },
    close() {
      unsubscribe()
      cancel?.()
    },
  }
}

/** How many of the keys in use could serve now. */
export function countKeys(models: readonly Pick<ModelView, 'keys'>[]): DesktopStanding['keys'] {
  const keys = models.flatMap((model) => model.keys)
  return { ready: keys.filter(({ state }) => state.kind === 'ready').length, all: keys.length }
}
