import type { DesktopActions, DesktopStanding } from '../../electron/desktop/desktop.ts'

/** How things stand when all is well, with what a test makes of it. */
export function aStanding(over: Partial<DesktopStanding> = {}): DesktopStanding {
  return {
    language: 'en',
    settings: {
      theme: 'system',
      presentation: false,
      closeToTray: false,
      panicShortcut: true,
      contentProtection: false,
    },
    gateway: { state: 'on', baseUrl: 'http://127.0.0.1:4141/v1' },
    vault: { state: 'unlocked', interface: 'open' },
    keys: { ready: 2, all: 5 },
    ...over,
  }
}

/** What was done, in the order in which it was. */
export function noteActions() {
  const done: string[] = []
  const actions: DesktopActions & { showWindow(): void; quit(): void } = {
    panic: () => void done.push('panic'),
    switchGateway: (on) => void done.push(`gateway ${on ? 'on' : 'off'}`),
    lockVault: () => void done.push('lock'),
    present: (on) => void done.push(`present ${on ? 'on' : 'off'}`),
    showWindow: () => void done.push('show'),
    quit: () => void done.push('quit'),
  }
  return { done, actions }
}
