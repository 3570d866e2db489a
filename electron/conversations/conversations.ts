// A conversation is readable only while the vault is open, and a change of it is on the disk before it is acknowledged.
import {
  Conversation,
  ConversationChange,
  type ConversationId,
  type ConversationList,
  type FoundConversation,
} from '../../shared/conversation.ts'
import { Failure } from '../../shared/failure.ts'
import { withImagesApart, withImagesInPlace } from '../../shared/kept-images.ts'
import type { Queue } from '../vault/queue.ts'
import { merged } from './merge.ts'
import { searched } from './search.ts'
import type { Shelf } from './shelf.ts'
import { entryOf, type Entry } from './summary.ts'

export interface ConversationsDeps {
  /** Where they are kept now; fails unless whoever asks may read them. */
  shelf: () => Promise<Shelf>
  /** One after the other, with the disk's errors in our own codes. */
  inTurn: Queue
  wallMs: () => number
  /** The list is another than before. */
  onChange: () => void
}

/** A page takes it in one message. */
const maxConversationBytes = 10 * 1024 * 1024
const keptRemoved = 20

export type Conversations = ReturnType<typeof createConversations>

export function createConversations({ shelf, inTurn, wallMs, onChange }: ConversationsDeps) {
  /** What was read of each shelf, until the vault is locked. */
  let known: { shelf: Shelf; entries: Map<string, Entry> } | null = null
  /** What was deleted a moment ago and may be brought back; never on the disk. */
  let removed: Conversation[] = []

  async function entries(): Promise<{ shelf: Shelf; entries: Map<string, Entry> }> {
    const at = await shelf()
    if (known?.shelf === at) return known
    const found = new Map<string, Entry>()
    for (const name of (await at.names()).filter(isConversation)) {
      const conversation = await readOrSetAside(at, name)
      if (conversation) found.set(conversation.id, entryOf(conversation))
    }
    known = { shelf: at, entries: found }
    return known
  }

  async function read(id: ConversationId): Promise<Conversation> {
    const at = await entries()
    const conversation = at.entries.has(id) ? await readOrSetAside(at.shelf, id) : null
    if (!conversation) throw new Failure('CONVERSATION_NOT_FOUND', {})
    return conversation
  }

  async function keep(conversation: Conversation): Promise<void> {
    const kept = withImagesApart(conversation)
    if (Buffer.byteLength(JSON.stringify(kept)) > maxConversationBytes)
      throw new Failure('CONVERSATION_FULL', { mebibytes: maxConversationBytes / 1024 / 1024 })
    const at = await entries()
    await at.shelf.keep(conversation.id, kept)
    at.entries.set(conversation.id, entryOf(conversation))
    onChange()
  }

  async function drop(id: ConversationId): Promise<void> {
    const conversation = await read(id)
    const at = await entries()
    await at.shelf.remove(id)
    at.entries.delete(id)
    removed = [...removed, conversation].slice(-keptRemoved)
    onChange()
  }

  async function save(change: ConversationChange): Promise<number> {
    const at = await entries()
    const before = at.entries.has(change.id) ? await read(change.id) : undefined
    // A page that was shown another version, or whose conversation another page has deleted, must not write over it.
    if ((before?.revision ?? 0) !== change.revision) throw new Failure('CONVERSATION_CHANGED', {})
    const conversation = merged(before, change, wallMs())
    await keep(conversation)
    return conversation.revision
  }

  async function restore(id: ConversationId): Promise<void> {
    await shelf()
    const conversation = removed.find((gone) => gone.id === id)
    if (!conversation) throw new Failure('CONVERSATION_NOT_FOUND', {})
    await keep(conversation)
    removed = removed.filter((gone) => gone !== conversation)
  }

  const inOrder = async (found: Map<string, Entry>) =>
    [...found.values()].toSorted((a, b) => b.summary.updatedAtMs - a.summary.updatedAtMs)

  return {
    list: (): Promise<ConversationList> =>
      inTurn(async () => {
        const at = await entries()
        const conversations = (await inOrder(at.entries)).map(({ summary }) => summary)
        return { conversations, kept: at.shelf.kept, damaged: await at.shelf.damaged() }
      }),
    get: (id: ConversationId): Promise<Conversation> => inTurn(() => read(id)),
    save: (change: ConversationChange): Promise<number> => inTurn(() => save(change)),
    rename: (id: ConversationId, title: string): Promise<void> =>
      inTurn(async () => keep({ ...(await read(id)), title })),
    remove: (id: ConversationId): Promise<void> => inTurn(() => drop(id)),
    restore: (id: ConversationId): Promise<void> => inTurn(() => restore(id)),
    search: (words: string): Promise<FoundConversation[]> =>
      inTurn(async () => searched(await inOrder((await entries()).entries), words)),
    /** Nothing that was read stays in memory. */
    forget(): void {
      known = null
      removed = []
    },
  }
}

const isConversation = (name: string): boolean => Conversation.shape.id.safeParse(name).success

/** Null when the file does not hold what it should; it is out of the way then, and counted. */
async function readOrSetAside(shelf: Shelf, name: string): Promise<Conversation | null> {
  const parsed = Conversation.safeParse(await shelf.read(name))
  if (parsed.success && parsed.data.id === name) return withImagesInPlace(parsed.data)
  await shelf.setAside(name)
  return null
}
