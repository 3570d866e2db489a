import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createRouterClient } from '@orpc/server'
import { createApp } from '../../../electron/app.ts'
import { keepHeapModest } from '../../../electron/host/modest-heap.ts'
import { answerParent } from './child.ts'
import { freePort } from './free-port.ts'

keepHeapModest()

/** The whole application, with its vault open and its gateway on, as a person would have it running. */
const folder = mkdtempSync(join(tmpdir(), 'keywheel-bench-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const kept = new Map<string, unknown>()
const app = await createApp(
  {
    kind: 'browser',
    dataFolder: folder,
    homeFolder: folder,
    locale: 'en',
    canClearClipboard: false,
    protectors: [],
    settings: { get: (name) => kept.get(name), set: (name, value) => void kept.set(name, value) },
  },
  { reportBug: (error) => console.error(error) },
)
const page = createRouterClient(app.router)
await page.vault.create({ protection: 'pass', passphrase: 'correct horse battery staple' })

interface Wanted {
  providerPort: number
  /** Clients to make; each is given a token. */
  clients: number
}

async function open({ providerPort, clients }: Wanted) {
  const about = { provider: 'openai', apiBase: `http://127.0.0.1:${providerPort}/v1`, temperature: null } as const
  const add = async (name: string, secrets: readonly string[]) => {
    const { id } = await page.models.add({ ...about, name, strategy: 'round-robin' })
    await page.keys.add({ modelId: id, keys: secrets.map((secret) => ({ secret })) })
  }
  await add('bench-model', ['sk-bench-1', 'sk-bench-2', 'sk-bench-3'])
  await add('sick-model', ['sk-well-1', 'sk-sick', 'sk-well-2'])
  const port = await freePort()
  const { state } = await page.gateway.switch({ on: true, port })
  if (state.kind !== 'on') throw new Error(`the gateway is ${JSON.stringify(state)}`)
  const tokens: string[] = []
  const noLimits = { allowedModels: null, requestsPerMinute: null, tokensPerDay: null }
  for (let number = 1; number <= clients; number += 1) {
    tokens.push((await page.gateway.addClient({ name: `bench-${number}`, ...noLimits })).token)
  }
  return { port, tokens }
}

/** A page that follows everything, as the dashboard does. */
let leaveDashboard: AbortController | null = null
async function dashboard(isOpen: boolean) {
  leaveDashboard?.abort()
  leaveDashboard = null
  if (!isOpen) return
  leaveDashboard = new AbortController()
  const batches = await page.events.live(undefined, { signal: leaveDashboard.signal })
  void (async () => {
    for await (const batch of batches) structuredClone(batch)
  })().catch(() => {})
}

/** Whether anything is told of requests; only where it was started so that this can be chosen. */
const tell = (isTold: boolean) => void Object.assign(globalThis, { isBusSilent: !isTold })

/** Somebody else holds the journal's file, so that its thread waits for the lock and writes nothing. */
let holder: DatabaseSync | null = null
async function lockJournal(isLocked: boolean) {
  holder?.close()
  holder = isLocked ? new DatabaseSync(join(folder, 'journal.db'), { timeout: 5_000 }) : null
  holder?.exec('BEGIN IMMEDIATE')
  // What has waited is written before anything else is measured.
  while (!isLocked && (await page.activity.status()).trouble !== null) await delay(100)
}

const journalDropped = async () => (await page.activity.status()).dropped

answerParent({ open, dashboard, tell, lockJournal, journalDropped })
