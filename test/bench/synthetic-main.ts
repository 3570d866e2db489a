/** The real server, contract and event batches before a main process that has only synthetic traffic to tell of. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createBus, type Bus } from '../../electron/events/bus.ts'
import { liveBatches } from '../../electron/events/live-batches.ts'
import { startBrowserServer } from '../../electron/host/browser/server.ts'
import { readPageFiles } from '../../electron/host/page-files.ts'
import { createJournal, type Journal } from '../../electron/journal/journal.ts'
import { createWorkerLink } from '../../electron/journal/worker-link.ts'
import { activityProcedures } from '../../electron/procedures/activity.ts'
import { createImplementer } from '../../electron/procedures/implementer.ts'
import { systemClock } from '../../electron/rotation/system-clock.ts'
import { defaultSettings } from '../../shared/settings.ts'
import { createSyntheticTraffic } from './synthetic-traffic.ts'

const tickMs = 20

export interface SyntheticLoad {
  /** Where the journal lies. */
  folder: string
  keys: number
  attemptsPerSecond: number
}

export interface SyntheticMain {
  link: () => string
  close: () => Promise<void>
}

export async function startSyntheticMain({ folder, ...load }: SyntheticLoad): Promise<SyntheticMain> {
  const { wallMs } = systemClock
  const bus = createBus({ wallMs, onListenerError: fail })
  const traffic = createSyntheticTraffic({ ...load, publish: bus.publish, wallMs, random: Math.random })
  const journal = createJournal({
    clock: systemClock,
    worker: createWorkerLink(join(folder, 'journal.db')),
    retention: () => ({ days: 30, attempts: 2_000_000 }),
    priceOf: () => null,
    keyLabelOf: (_, keyId) => traffic.model().keys.find(({ id }) => id === keyId)?.label ?? null,
    onChange: () => undefined,
  })
  bus.subscribe(journal.record)
  const server = await startBrowserServer({
    router: syntheticRouter({ bus, journal, traffic }),
    files: await readPageFiles(join(import.meta.dirname, '..', '..', 'dist', 'renderer')),
    port: 0,
    clock: systemClock,
    random: randomBytes,
    controlToken: randomBytes(32).toString('base64url'),
  })
  const timer = setInterval(() => traffic.advance(), tickMs)
  return {
    link: () => server.link(),
    async close() {
      clearInterval(timer)
      await server.close()
      await journal.close()
    },
  }
}

interface Parts {
  bus: Bus
  journal: Journal
  traffic: ReturnType<typeof createSyntheticTraffic>
}

function fail(error: unknown): never {
  throw error
}

function syntheticRouter({ bus, journal, traffic }: Parts) {
  const os = createImplementer(fail, { isOn: () => false })
  const settings = { ...defaultSettings, idleLockMinutes: 0 }
  return {
    app: {
      info: os.app.info.handler(() => ({
        host: 'browser' as const,
        version: 'bench',
        dataFolder: '',
        language: 'en' as const,
        canClearClipboard: false,
        canChooseFile: false,
        canOpenFolder: false,
        canNotify: false,
      })),
    },
    vault: {
      status: os.vault.status.handler(() => ({
        state: 'unlocked' as const,
        protections: [],
        offers: [],
        interface: 'open' as const,
        kit: 'none' as const,
        canVerify: false,
        rollback: null,
      })),
      activity: os.vault.activity.handler(() => undefined),
    },
    models: { list: os.models.list.handler(() => [traffic.model()]) },
    gateway: {
      status: os.gateway.status.handler(() => ({
        state: { kind: 'off' as const },
        port: 4141,
        baseUrl: 'http://127.0.0.1:4141/v1',
        inFlight: 0,
        clients: 0,
      })),
      clients: os.gateway.clients.handler(() => []),
    },
    settings: { get: os.settings.get.handler(() => settings), set: os.settings.set.handler(() => settings) },
    ...activityProcedures(os, {
      journal,
      wallMs: systemClock.wallMs,
      live: (signal) => liveBatches({ bus, schedule: systemClock.schedule }, signal),
    }),
  }
}
