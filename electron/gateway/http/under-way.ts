import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { ClientId } from '../../../shared/gateway.ts'

/** An answer under way, whose place in the list is its own to remember. */
export interface UnderWayAnswer {
  readonly client: { id: ClientId }
  readonly response: ServerResponse
  place: number
}

export interface UnderWay {
  add: (answer: UnderWayAnswer) => void
  delete: (answer: UnderWayAnswer) => void
  /** A revoked client is given nothing more, not even the rest of an answer. */
  end: (client: ClientId) => void
  endAll: () => void
  /** Those that the connection is to carry. */
  on: (socket: Socket) => ServerResponse[]
}

/**
 * The answers under way of every client, in one list that is never made anew: a Set would be at every few answers, and
 * what has left it be kept from being collected by the tables that it left behind (see `events/by-request.ts`).
 */
export function createUnderWay(): UnderWay {
  const answers: UnderWayAnswer[] = []
  return {
    add(answer) {
      answer.place = answers.push(answer) - 1
    },
    /** The last one takes its place. */
    delete({ place }) {
      const last = answers.pop()
      if (!last || last.place === place) return
      answers[place] = last
      last.place = place
    },
    end(id) {
      for (const { client, response } of answers) if (client.id === id) response.destroy()
    },
    on: (socket) => answers.map(({ response }) => response).filter(({ req }) => req.socket === socket),
    endAll() {
      for (const { response } of answers) response.destroy()
    },
  }
}
