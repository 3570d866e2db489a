import type { FollowedDesktop } from '../desktop/follow-desktop.ts'
import type { Implementer } from './implementer.ts'

export interface DesktopServices {
  desktop: Pick<FollowedDesktop, 'status' | 'launchAtLogin'> & { panic: () => Promise<void> }
}

export function desktopProcedures(os: Implementer, { desktop }: DesktopServices) {
  return {
    desktop: {
      status: os.desktop.status.handler(() => desktop.status()),
      launchAtLogin: os.desktop.launchAtLogin.handler(({ input }) => desktop.launchAtLogin(input.on)),
    },
  }
}
