// While it is asked for, what a request said and what it was answered is told once it is over: an answer is never held
// up or changed for it, and one that would take too much memory is not told.
import type { RequestId } from '../../shared/identity.ts'
import type { GatewayAnswer } from './answer.ts'
import type { Gateway, GatewayRequest } from './gateway.ts'

/** The bytes of both sides, as they passed. */
export interface Exchange {
  id: RequestId
  asked: Uint8Array
  answered: Uint8Array
}

/** Of each side, its beginning; a stream needs many bytes for few words. */
const askedBytes = 1 << 20
const answeredBytes = 4 << 20
const heldBytes = 64 << 20

export interface TellingGateway extends Gateway {
  /** Begins with the next request, or ends with this one. */
  wantTexts: (isWanted: boolean) => void
}

export function tellTexts(gateway: Gateway, tell: (exchange: Exchange) => void, isWantedNow: boolean): TellingGateway {
  let isWanted = isWantedNow
  let held = 0

  const listen = (id: RequestId, body: Uint8Array) => {
    const asked = Uint8Array.from(body.subarray(0, askedBytes))
    const pieces: Uint8Array[] = []
    let bytes = 0
    let isOver = false
    held += asked.length
    return {
      hear(piece: Uint8Array) {
        const room = Math.min(answeredBytes - bytes, heldBytes - held)
        if (room <= 0 || isOver) return
        pieces.push(piece.subarray(0, room))
        bytes += pieces.at(-1)!.length
        held += pieces.at(-1)!.length
      },
      end(isTold: boolean) {
        if (isOver) return
        isOver = true
        held -= asked.length + bytes
        if (isTold && isWanted) tell({ id, asked, answered: Uint8Array.from(Buffer.concat(pieces)) })
      },
    }
  }

  async function listened(request: GatewayRequest): Promise<GatewayAnswer> {
    const listener = listen(request.id, request.body)
    try {
      return overheard(await gateway.handle(request), listener)
    } catch (bug) {
      listener.end(false)
      throw bug
    }
  }

  return {
    wantTexts: (wanted) => void (isWanted = wanted),
    handle: (request) => (isWanted && held < heldBytes ? listened(request) : gateway.handle(request)),
  }
}

interface Listener {
  hear: (piece: Uint8Array) => void
  end: (isTold: boolean) => void
}

function overheard(answer: GatewayAnswer, listener: Listener): GatewayAnswer {
  const { body } = answer
  if (!(body instanceof Uint8Array)) return { ...answer, body: passing(body, listener) }
  listener.hear(body)
  listener.end(true)
  return answer
}

/** The same pieces at the same pace; an answer that breaks off or that nobody wants any more was told as far as it came. */
function passing(body: AsyncIterable<Uint8Array>, listener: Listener): AsyncIterable<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]()
  const done = { done: true, value: undefined } as const
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        try {
          const next = await pieces.next()
          if (next.done) listener.end(true)
          else listener.hear(next.value)
          return next
        } catch (broken) {
          listener.end(true)
          throw broken
        }
      },
      async return() {
        listener.end(true)
        return (await pieces.return?.()) ?? done
      },
    }),
  }
}
