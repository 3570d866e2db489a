import { EventEmitter } from 'node:events'
import type { PowerMonitor } from 'electron'
import { strict } from './strict.ts'

/** Electron's documentation, powerMonitor: `suspend` and `lock-screen`. This machine never sleeps, so it tells nothing. */
type Imitated = Pick<PowerMonitor, 'on'>

export const powerMonitor: Imitated = strict('powerMonitor', new EventEmitter() as unknown as Imitated)
