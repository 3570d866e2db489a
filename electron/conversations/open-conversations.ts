import { join } from 'node:path'
import type { Bus } from '../events/bus.ts'
import type { Clock } from '../rotation/clock.ts'
import { createFilesKey } from '../vault/files-key.ts'
import { nodeFileSystem, type FileSystem } from '../vault/file-system.ts'
import { createQueue, type Queue } from '../vault/queue.ts'
import { asFailure, errorCode } from '../vault/storage-error.ts'
import type { Vault } from '../vault/vault.ts'
import { createConversations, type Conversations } from './conversations.ts'
import { createPresets, type Presets } from './presets.ts'
import { createSealedShelf } from './sealed-shelf.ts'
import { createMemoryShelf, type Shelf } from './shelf.ts'

export interface OpenConversationsDeps {
  readonly dataFolder: string
  readonly vault: Vault<unknown>
  /** Fails unless the vault and the interface are open. */
  readonly gate: () => void
  readonly clock: Clock
  readonly bus: Bus
  readonly fs?: FileSystem
}

export interface ConversationServices {
  readonly conversations: Conversations
  readonly presets: Presets
  /** Waits for what is being written. */
  close: () => Promise<void>
}

export function openConversations(deps: OpenConversationsDeps): ConversationServices {
  const { vault, clock, bus, gate } = deps
  const queue = createQueue()
  const inTurn: Queue = (task) => queue(() => task().catch((error: unknown) => Promise.reject(codeOf(error))))
  const memory = createMemoryShelf()
  const sealed = createSealedShelf({
    fs: deps.fs ?? nodeFileSystem,
    delay: (ms) => new Promise<void>((resolve) => void clock.schedule(ms, resolve)),
    folder: join(deps.dataFolder, 'conversations'),
    filesKey: createFilesKey(vault),
  })

  /** What was said before there was a vault goes into it when there is one. */
  async function shelf(): Promise<Shelf> {
    if (vault.status().state === 'none') return memory
    gate()
    for (const name of await memory.names()) {
      await sealed.keep(name, await memory.read(name))
      await memory.remove(name)
    }
    return sealed
  }

  const conversations = createConversations({
    shelf,
    inTurn,
    wallMs: clock.wallMs,
    onChange: () => bus.publish({ kind: 'conversations-changed' }),
  })
  bus.subscribe(() => {
    if (!vault.isOpen()) conversations.forget()
  }, ['vault-changed'])
  return { conversations, presets: createPresets({ shelf, inTurn }), close: () => queue(() => Promise.resolve()) }
}

/** What the disk says has a code of ours; a bug stays one. */
const codeOf = (error: unknown): unknown => (errorCode(error) === null ? error : asFailure(error))
