/** The conversation lives outside the view, so that switching views in the middle of a stream loses nothing. */
import { createStore } from 'zustand/vanilla'
import type { ChatContent, ChatParameters } from '../../../shared/chat.ts'
import { maxPanes } from '../../../shared/conversation-limits.ts'
import type { Conversation, ConversationId, Preset } from '../../../shared/conversation.ts'
import { chosen, pathOf } from '../../../shared/message-tree.ts'
import { extraText, readExtra } from './extra-fields.ts'
import {
  isRunning,
  messagesFor,
  newPane,
  paneOf,
  runningIn,
  withEdits,
  withQuestion,
  withReply,
  type ChatPane,
  type Question,
  type Target,
} from './pane.ts'
import { createStreams, type StreamsDeps } from './streams.ts'

/** What every request of the conversation is sent with. */
export interface Settings {
  system: string
  parameters: ChatParameters
  /** The further fields as they were written, which may not be JSON yet. */
  extra: string
}

export const defaultSettings: Settings = { system: '', parameters: {}, extra: '' }

export interface PlaygroundState extends Settings {
  conversation: { id: ConversationId; title: string }
  panes: readonly ChatPane[]
  /** Why the last attempt to send came to nothing, until something is written. */
  refusal: 'empty' | null
  aim: (paneId: string, target: Target) => void
  /** One more column, which goes on from what the first one shows. */
  addPane: (target: Target) => void
  removePane: (paneId: string) => void
  setSystem: (system: string) => void
  setParameter: <N extends keyof ChatParameters>(name: N, value: ChatParameters[N] | null) => void
  setExtra: (text: string) => void
  resetSettings: () => void
  applyPreset: (preset: Pick<Preset, 'system' | 'parameters'>) => void
  /** Something is written: what was refused is not said any longer. */
  forgive: () => void
  /** Sends the question to every pane, and tells whether it did: not while an answer is running. */
  send: (content: ChatContent) => boolean
  /** Asks the same question again; the new answer stands beside the old one. */
  retry: (paneId: string, questionId: string) => void
  /** Asks another question in the place of one; both stay. */
  edit: (questionId: string, content: ChatContent) => void
  choose: (paneId: string, messageId: string) => void
  /** Stops the answers of one pane, or of all. */
  stop: (paneId?: string) => void
  startOver: () => void
  open: (conversation: Conversation) => void
}

export interface PlaygroundDeps extends Omit<StreamsDeps, 'edit'> {
  newId: () => string
  wallMs: () => number
  modelName: (target: Target) => string
}

export const isEmptyContent = (content: ChatContent): boolean =>
  typeof content === 'string'
    ? content.trim() === ''
    : content.every((part) => part.type === 'text' && part.text.trim() === '')

export function createPlaygroundStore({ newId, wallMs, modelName, ...deps }: PlaygroundDeps) {
  return createStore<PlaygroundState>((set, get) => {
    const streams = createStreams({
      ...deps,
      edit: (edits) => set(({ panes }) => ({ panes: panes.map((pane) => withEdits(pane, edits)) })),
    })
    const editPane = (paneId: string, edit: (pane: ChatPane) => ChatPane) =>
      set(({ panes }) => ({ panes: panes.map((pane) => (pane.id === paneId ? edit(pane) : pane)) }))
    const newConversation = () => ({ id: newId() as ConversationId, title: '' })

    /** Asks a question that the pane holds; its answer streams into the pane from then on. */
    const ask = (paneId: string, question: Question) => {
      const { panes, system, parameters } = get()
      const pane = panes.find(({ id }) => id === paneId)
      if (!pane || pane.modelId === null) return
      const { modelId, keyId } = pane
      const id = newId()
      const asking = { id, parentId: question.id, atMs: wallMs(), modelId, modelName: modelName(pane), keyId }
      editPane(paneId, (before) => withReply(before, asking))
      streams.start(id, { modelId, keyId, messages: messagesFor(pane, question, system), parameters })
    }

    /** Puts the question into these panes, after or beside what they show, and asks it. */
    const askIn = (panes: readonly ChatPane[], content: ChatContent, parentOf: (pane: ChatPane) => string | null) => {
      // One question has one id in all of the panes, so that they can be edited together.
      const asked = { kind: 'question' as const, id: newId(), atMs: wallMs(), content }
      for (const pane of panes) {
        const question = { ...asked, parentId: parentOf(pane) }
        editPane(pane.id, (before) => withQuestion(before, question))
        ask(pane.id, question)
      }
    }

    const canAsk = ({ modelId }: ChatPane) => modelId !== null
    const isReady = () => readExtra(get().extra).problem === null
    const running = (panes: readonly ChatPane[]) => panes.flatMap(runningIn).map(({ id }) => id)

    return {
      ...defaultSettings,
      conversation: newConversation(),
      panes: [newPane(newId())],
      refusal: null,
      aim: (paneId, target) => editPane(paneId, (pane) => ({ ...pane, ...target })),
      addPane: (target) =>
        set(({ panes }) => {
          const [first] = panes
          if (!first || panes.length >= maxPanes) return {}
          const shown = pathOf(first).filter(
            (message) => message.kind === 'question' || !runningIn(first).includes(message),
          )
          return { panes: [...panes, { ...newPane(newId(), target), messages: shown }] }
        }),
      removePane: (paneId) => {
        const { panes } = get()
        if (panes.length === 1) return
        streams.stop(running(panes.filter(({ id }) => id === paneId)))
        set({ panes: get().panes.filter(({ id }) => id !== paneId) })
      },
      setSystem: (system) => set({ system }),
      setParameter: (name, value) =>
        set(({ parameters: { [name]: _before, ...others } }) => ({
          parameters: value === null ? others : { ...others, [name]: value },
        })),
      setExtra: (text) => {
        const { fields, problem } = readExtra(text)
        set({ extra: text })
        if (problem === null) get().setParameter('extra', fields)
      },
      resetSettings: () => set(defaultSettings),
      applyPreset: ({ system, parameters }) => set({ system, parameters, extra: extraText(parameters.extra) }),
      forgive: () => set({ refusal: null }),
      send: (content) => {
        const { panes } = get()
        const isEmpty = isEmptyContent(content)
        set({ refusal: isEmpty ? 'empty' : null })
        if (isEmpty || panes.some(isRunning) || !panes.some(canAsk) || !isReady()) return false
        askIn(panes.filter(canAsk), content, (pane) => pathOf(pane).at(-1)?.id ?? null)
        return true
      },
      retry: (paneId, questionId) => {
        const pane = get().panes.find(({ id }) => id === paneId)
        const question = pane?.messages.find(({ id }) => id === questionId)
        if (pane && question?.kind === 'question' && !isRunning(pane) && isReady()) ask(paneId, question)
      },
      edit: (questionId, content) => {
        if (isEmptyContent(content) || !isReady()) return
        const parents = new Map(
          get().panes.map((pane) => [pane.id, pane.messages.find(({ id }) => id === questionId)?.parentId]),
        )
        const panes = get().panes.filter((pane) => parents.get(pane.id) !== undefined && !isRunning(pane))
        askIn(panes.filter(canAsk), content, (pane) => parents.get(pane.id) ?? null)
      },
      choose: (paneId, messageId) => editPane(paneId, (pane) => ({ ...pane, ...chosen(pane, messageId) })),
      stop: (paneId) => streams.stop(running(get().panes.filter(({ id }) => paneId === undefined || id === paneId))),
      startOver: () => {
        get().stop()
        set(({ panes }) => ({
          conversation: newConversation(),
          panes: panes.map((pane) => newPane(newId(), { modelId: pane.modelId, keyId: pane.keyId })),
          refusal: null,
        }))
      },
      open: ({ id, title, system, parameters, panes }) => {
        get().stop()
        set({
          conversation: { id, title },
          system,
          parameters,
          extra: extraText(parameters.extra),
          panes: panes.map(paneOf),
          refusal: null,
        })
      },
    }
  })
}

export type PlaygroundStore = ReturnType<typeof createPlaygroundStore>
