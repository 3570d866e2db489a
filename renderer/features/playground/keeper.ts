// What is said is saved a moment later, and never over what another page has saved.
import type { Conversation, ConversationChange, ConversationId } from '../../../shared/conversation.ts'
import type { Message } from './pane.ts'
import { nodeOf, runningIn, turnsOf, type ChatPane } from './pane.ts'
import type { PlaygroundState, PlaygroundStore } from './playground-store.ts'

export interface KeeperDeps {
  store: PlaygroundStore
  save: (change: ConversationChange) => Promise<{ revision: number }>
  /** Another page has saved it since, or deleted it. */
  isConflict: (error: unknown) => boolean
  schedule: (delayMs: number, task: () => void) => void
  newId: () => string
  /** What is here was kept as a conversation of its own. */
  onCopy: () => void
  /** Null once it is saved again. */
  onProblem: (error: unknown) => void
}

/** While an answer streams it is saved this often. */
const saveAfterMs = 1_200
const titleLength = 80

/** What main has of a conversation: its revision, and for each pane the messages as they were saved. */
interface Saved {
  revision: number
  panes: ReadonlyMap<string, ReadonlySet<Message>>
}

const nothingSaved: Saved = { revision: 0, panes: new Map() }
const savedPanes = (panes: readonly ChatPane[]) => new Map(panes.map(({ id, messages }) => [id, new Set(messages)]))

export type Keeper = ReturnType<typeof createKeeper>

export function createKeeper({ store, save, isConflict, schedule, newId, onCopy, onProblem }: KeeperDeps) {
  const saved = new Map<ConversationId, Saved>()
  let isDirty = false
  let isWaiting = false
  let isMoving = false
  let last: Promise<void> = Promise.resolve()

  const enqueue = (state: PlaygroundState) => {
    isDirty = false
    last = last
      .then(() => saveNow(state))
      .catch((error: unknown) => {
        isDirty = true
        onProblem(error)
      })
  }

  async function saveNow(state: PlaygroundState): Promise<void> {
    const { id } = state.conversation
    const before = saved.get(id) ?? nothingSaved
    try {
      const { revision } = await save(changeOf(state, before))
      saved.set(id, { revision, panes: savedPanes(state.panes) })
      onProblem(null)
    } catch (error) {
      if (!isConflict(error)) throw error
      await saveNow(movedTo(newId() as ConversationId, state))
      onCopy()
    }
  }

  /** The same conversation under another id, also for what is said from now on. */
  function movedTo(id: ConversationId, state: PlaygroundState): PlaygroundState {
    const conversation = { ...state.conversation, id }
    if (store.getState().conversation.id === state.conversation.id) {
      isMoving = true
      store.setState({ conversation })
      isMoving = false
    }
    return { ...state, conversation }
  }

  const flush = (): Promise<void> => {
    if (isDirty) enqueue(store.getState())
    return last
  }

  function saveSoon(): void {
    isDirty = true
    if (isWaiting) return
    isWaiting = true
    schedule(saveAfterMs, () => {
      isWaiting = false
      void flush()
    })
  }

  const unsubscribe = store.subscribe((state, before) => {
    if (isMoving) return
    if (state.conversation.id === before.conversation.id) {
      if (!isWorthKeeping(state) || !hasChanged(state, before)) return
      saveSoon()
      // Another window, or nobody at the keyboard, may lock the vault at any moment; what is whole does not wait for it.
      if (running(state) < running(before)) void Promise.resolve().then(flush)
    } else if (isDirty) enqueue(before)
  })

  return {
    flush,
    /** Shows a conversation as main has it. */
    open(conversation: Conversation): void {
      store.getState().open(conversation)
      const { panes } = store.getState()
      saved.set(conversation.id, { revision: conversation.revision, panes: savedPanes(panes) })
    },
    /** Leaves a conversation that is about to be deleted, without saving it again. */
    async leave(id: ConversationId): Promise<void> {
      if (store.getState().conversation.id === id) {
        isDirty = false
        store.getState().startOver()
        isDirty = false
      }
      await last
    },
    /** Nothing of it stays here; what was not saved is lost. */
    forget(): void {
      isDirty = false
      saved.clear()
    },
    close: unsubscribe,
  }
}

const isWorthKeeping = ({ panes }: PlaygroundState) => panes.some(({ messages }) => messages.length > 0)

const running = ({ panes }: PlaygroundState): number => panes.flatMap(runningIn).length

/** What a pane aims at is saved with the next question. */
function hasChanged(state: PlaygroundState, before: PlaygroundState): boolean {
  if (state.system !== before.system || state.parameters !== before.parameters) return true
  if (state.panes.length !== before.panes.length) return true
  return state.panes.some(({ messages, chosen }, index) => {
    const pane = before.panes[index]
    return pane?.messages !== messages || pane.chosen !== chosen
  })
}

function changeOf(state: PlaygroundState, { revision, panes: known }: Saved): ConversationChange {
  const { conversation, system, parameters, panes } = state
  return {
    id: conversation.id,
    revision,
    title: conversation.title || titleOf(panes),
    system,
    parameters,
    panes: panes.map(({ id, modelId, keyId, chosen, messages }) => ({
      id,
      modelId,
      keyId,
      chosen: { ...chosen },
      messages: messages.filter((message) => known.get(id)?.has(message) !== true).map(nodeOf),
    })),
  }
}

/** The first words of the first question. */
function titleOf(panes: readonly ChatPane[]): string {
  const content = panes.map((pane) => turnsOf(pane)[0]).find((turn) => turn !== undefined)?.question.content ?? ''
  const text =
    typeof content === 'string' ? content : content.map((part) => ('text' in part ? part.text : '')).join(' ')
  const words = text.trim().replaceAll(/\s+/g, ' ').toWellFormed()
  return words.length > titleLength
    ? `${Array.from(words)
        .slice(0, titleLength - 1)
        .join('')}…`
    : words
}
