// The conversation that a window showed is shown again when its page is loaded anew, or its vault is open again.
import type { ConversationId } from '../../../shared/conversation.ts'
import type { PlaygroundState, PlaygroundStore } from './playground-store.ts'

export interface ComebackDeps {
  store: PlaygroundStore
  /** Of this window, and as long as it is there; it knows of a conversation nothing but its id. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

const name = 'keywheel.conversation'
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export type Comeback = ReturnType<typeof createComeback>

export function createComeback({ store, storage }: ComebackDeps) {
  const remembered = (): ConversationId | null => {
    const found = storage.getItem(name)
    return found !== null && uuid.test(found) ? (found as ConversationId) : null
  }
  const remember = (id: ConversationId | null) => (id === null ? storage.removeItem(name) : storage.setItem(name, id))

  let isLeaving = false
  store.subscribe((state, before) => {
    const isSame = state.conversation.id === before.conversation.id
    if (isLeaving || (isSame && hasBegun(before) === hasBegun(state))) return
    remember(hasBegun(state) ? state.conversation.id : null)
  })

  return {
    /** Opens it where nothing has been begun meanwhile; `open` tells whether it is still there. */
    async comeBack(open: (id: ConversationId) => Promise<boolean>): Promise<void> {
      const id = remembered()
      if (id === null || hasBegun(store.getState())) return
      if (!(await open(id)) && remembered() === id) remember(null)
    },
    /** Whatever is done to the store here, it is come back to the conversation that is shown now. */
    leaving(task: () => void): void {
      isLeaving = true
      task()
      isLeaving = false
    },
  }
}

const hasBegun = ({ panes }: PlaygroundState): boolean => panes.some(({ messages }) => messages.length > 0)
