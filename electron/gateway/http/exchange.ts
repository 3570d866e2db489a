import type { IncomingMessage, ServerResponse } from 'node:http'
import { Stop } from '../../rotation/stop-signal.ts'
import { refusal, type GatewayAnswer } from '../answer.ts'
import { apiShapeOf } from '../api-shape.ts'
import type { Refusal } from './access.ts'
import type { Arrival } from './arrival.ts'
import { sendAnswer } from './send-answer.ts'

/** One request on its connection. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  hosts: ReadonlySet<string>
  /** What the listener refuses by itself, once the request is known to be meant for it. */
  refused: ((path: string) => GatewayAnswer) | null
  /** The client waits for a word before it sends its body. */
  expectsContinue: boolean
}

export const asAnswer = ({ status, code, message }: Refusal, path: string): GatewayAnswer =>
  refusal(status, code, message, apiShapeOf(path))

/** Sends an answer that is all there. What is left of the request, Node reads and drops. */
export function send({ response }: Exchange, { method }: Arrival, answer: GatewayAnswer, closes = false): void {
  void sendAnswer(response, answer, { isHead: method === 'HEAD', closes, signal: neverAborted, slowReaderMs: null })
}

const neverAborted = new Stop()
