import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../../rotation/clock.ts'
import type { UnderWay } from './under-way.ts'

/** Two of them are well within the 250 ms after which nothing is done any more for a client that has gone. */
const askEveryMs = 50

/**
 * A client that has closed its half of a connection (`nc -N`) waits for its answer or has gone, which looks the same
 * until something is written to it: the second write to nobody fails. So while its answer has not begun it is told that
 * it is being worked on (102, RFC 2518 §10.1; before an answer any number of those may come, RFC 9110 §15.2), again and
 * again. In an answer there is no room for that: one that closes its half by then counts as gone, as it does where such
 * words are not known; and one that goes during a stream that began later is missed with the next but one of its pieces.
 */
export function createHalfClosed(underWay: Pick<UnderWay, 'on'>, schedule: Clock['schedule']) {
  function ask(response: ServerResponse) {
    if (response.closed || response.writableEnded) return
    if (response.headersSent || response.req.httpVersion !== '1.1') {
      response.destroy()
      return
    }
    // Behind another answer on its connection it is that one that asks.
    if (response.socket) response.writeProcessing()
    schedule(askEveryMs, () => {
      if (!response.headersSent) ask(response)
    })
  }

  return (socket: Socket) => {
    for (const response of underWay.on(socket)) ask(response)
  }
}
