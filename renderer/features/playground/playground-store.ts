/** The conversation lives outside the view, so that switching views in the middle of a stream loses nothing. */
import { createStore } from 'zustand/vanilla'
import type { ChatContent, ChatMessage, ChatParameters } from '../../../shared/chat.ts'
import { maxPanes } from '../../../shared/conversation-limits.ts'
import type { Conversation, ConversationId, Preset } from '../../../shared/conversation.ts'
import { chosen, pathOf } from '../../../shared/message-tree.ts'
import { extraText, readExtra } from './extra-fields.ts'
import {
  isRunning,
  messagesBefore,
  messagesFor,
  messagesIn,
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
import { isEmptyContent, tooMuch, type Refusal } from './refusal.ts'
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
  /** The one that is on its way here. */
  opening: ConversationId | null
  panes: readonly ChatPane[]
  /** Why the last attempt to send came to nothing, until something is written. */
  refusal: Refusal | null
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
  /** Asks another question in the place of one, and tells whether it did; both stay. */
  edit: (questionId: string, content: ChatContent) => boolean
  choose: (paneId: string, messageId: string) => void
  /** Stops the answers of one pane, or of all. */
  stop: (paneId?: string) => void
  startOver: () => void
  /** Another conversation was asked for: until it is here, nothing is asked in the one that is about to go. */
  setOpening: (id: ConversationId | null) => void
  open: (conversation: Conversation) => void
}

export interface PlaygroundDeps extends Omit<StreamsDeps, 'edit'> {
  newId: () => string
  wallMs: () => number
  modelName: (target: Target) => string
}

const isSaid = (refusal: Refusal | null) => refusal !== null

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
      const messages = messagesFor(pane, question, system)
      const id = newId()
      const asking = { id, parentId: question.id, atMs: wallMs(), modelId, modelName: modelName(pane), keyId }
      editPane(paneId, (before) => withReply(before, asking))
      streams.start(id, { modelId, keyId, messages, parameters })
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
    const isReady = () => get().opening === null && readExtra(get().extra).problem === null
    /** Whether what would be sent fits into one request of each pane; says so where it does not. */
    const fits = (panes: readonly ChatPane[], content: ChatContent, before: (pane: ChatPane) => ChatMessage[]) => {
      const refusal = panes.map((pane) => tooMuch([...before(pane), { role: 'user', content }])).find(isSaid) ?? null
      set({ refusal })
      return refusal === null
    }
    const running = (panes: readonly ChatPane[]) => panes.flatMap(runningIn).map(({ id }) => id)

    return {
      ...defaultSettings,
      conversation: newConversation(),
      opening: null,
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
        set({ refusal: isEmpty ? { kind: 'empty' } : null })
        const asked = panes.filter(canAsk)
        if (isEmpty || panes.some(isRunning) || asked.length === 0 || !isReady()) return false
        if (!fits(asked, content, (pane) => messagesIn(pane, get().system))) return false
        askIn(asked, content, (pane) => pathOf(pane).at(-1)?.id ?? null)
        return true
      },
      retry: (paneId, questionId) => {
        const pane = get().panes.find(({ id }) => id === paneId)
        const question = pane?.messages.find(({ id }) => id === questionId)
        if (!pane || question?.kind !== 'question' || isRunning(pane) || !isReady()) return
        if (fits([pane], question.content, (at) => messagesBefore(at, question.id, get().system))) ask(paneId, question)
      },
      edit: (questionId, content) => {
        if (isEmptyContent(content) || !isReady()) return false
        const parents = new Map(
          get().panes.map((pane) => [pane.id, pane.messages.find(({ id }) => id === questionId)?.parentId]),
        )
        const panes = get().panes.filter(
          (pane) => parents.get(pane.id) !== undefined && !isRunning(pane) && canAsk(pane),
        )
        const before = (pane: ChatPane) => messagesBefore(pane, questionId, get().system)
        if (panes.length === 0 || !fits(panes, content, before)) return false
        askIn(panes, content, (pane) => parents.get(pane.id) ?? null)
        return true
      },
      choose: (paneId, messageId) => editPane(paneId, (pane) => ({ ...pane, ...chosen(pane, messageId) })),
      stop: (paneId) => streams.stop(running(get().panes.filter(({ id }) => paneId === undefined || id === paneId))),
      startOver: () => {
        get().stop()
        set(({ panes }) => ({
          conversation: newConversation(),
          opening: null,
          panes: panes.map((pane) => newPane(newId(), { modelId: pane.modelId, keyId: pane.keyId })),
          refusal: null,
        }))
      },
      setOpening: (opening) => set({ opening }),
      open: ({ id, title, system, parameters, panes }) => {
        get().stop()
        set({
          conversation: { id, title },
          opening: null,
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
