// What answers had come to when they ended: whoever stops one hears no more of it, and may ask here.
import type { AnswerEnd } from '../../shared/chat.ts'
import type { RequestId } from '../../shared/identity.ts'

const remembered = 64

export type Endings = ReturnType<typeof createEndings>

export function createEndings() {
  const known = new Map<RequestId, Promise<AnswerEnd | null>>()
  return {
    remember: (id: RequestId, end: Promise<AnswerEnd | null>): void => {
      known.set(id, end)
      const oldest = known.keys().next().value
      if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    },
    /** Comes when the request has ended; null where it never began, or ended too long ago. */
    of: async (id: RequestId): Promise<AnswerEnd | null> => (await known.get(id)) ?? null,
  }
}
