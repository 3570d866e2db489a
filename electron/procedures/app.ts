import type { AppInfo } from '../../shared/contract.ts'
import type { Notice } from '../host/host.ts'
import type { ModelId } from '../../shared/identity.ts'
import type { Settings, SettingsChange } from '../../shared/settings.ts'
import type { Implementer } from './implementer.ts'

export interface AppServices {
  info: () => AppInfo
  openFolder: () => Promise<boolean>
  notify: (notice: Notice) => Promise<boolean>
  settings: { get: () => Settings; set: (change: SettingsChange) => Settings }
  desktop: { panic: () => Promise<void> }
  demo: { start: () => Promise<ModelId>; stop: () => Promise<void> }
}

export function appProcedures(os: Implementer, { info, notify, openFolder, settings, desktop, demo }: AppServices) {
  return {
    app: {
      info: os.app.info.handler(() => info()),
      openFolder: os.app.openFolder.handler(async () => ({ opened: await openFolder() })),
      panic: os.app.panic.handler(() => desktop.panic()),
      notify: os.app.notify.handler(async ({ input }) => ({ clicked: await notify(input) })),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      set: os.settings.set.handler(({ input }) => settings.set(input)),
    },
    simulator: {
      start: os.simulator.start.handler(async () => ({ modelId: await demo.start() })),
      stop: os.simulator.stop.handler(() => demo.stop()),
    },
  }
}
