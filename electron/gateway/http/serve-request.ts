// In this order, and nothing before its turn: Host, method, Origin, Sec-Fetch-Site, token, limits, content-type, body.
import { looksLikeToken } from '../clients/client-token.ts'
import type { GatewayAnswer } from '../answer.ts'
import { presentedToken, refuseArrival } from './access.ts'
import { readArrival, type Arrival } from './arrival.ts'
import { asAnswer, send, type Exchange } from './exchange.ts'
import * as refusals from './refusals.ts'
import { serveClient } from './serve-client.ts'
import type { ServeDeps } from './serve-deps.ts'
import { createShownTokens } from './shown-tokens.ts'

/** A stranger's body is read and dropped up to this size; beyond it the connection ends. */
const dropBytes = 1024 * 1024
const ok = Buffer.from('ok\n')

export function createServe(deps: ServeDeps): (exchange: Exchange) => void {
  const clientOf = createShownTokens(deps.clients)
  return (exchange) => {
    const arrival = readArrival(exchange.request)
    const refused = refuseArrival(arrival, exchange.hosts, deps.limits.maxHeaders)
    if (refused) return sendStranger(exchange, arrival, asAnswer(refused, arrival.path))
    if (exchange.refused) return send(exchange, arrival, exchange.refused(arrival.path), true)
    if (arrival.path === '/healthz') return send(exchange, arrival, healthy())
    const client = clientOf(exchange.request.socket, arrival)
    if (client) return serveClient(deps, exchange, arrival, client)
    void refuseStranger(deps, exchange, arrival).catch(deps.reportBug)
  }
}

const healthy = (): GatewayAnswer => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: ok })

function sendStranger(exchange: Exchange, arrival: Arrival, answer: GatewayAnswer): void {
  const { hasBody, contentLength } = arrival
  send(exchange, arrival, answer, hasBody && (contentLength ?? Infinity) > dropBytes)
}

/** The same answer for a wrong, a revoked and a missing token. */
async function refuseStranger(deps: ServeDeps, exchange: Exchange, arrival: Arrival): Promise<void> {
  const token = presentedToken(arrival)
  if (token !== null && looksLikeToken(token) && !deps.clients.areKnown()) {
    return sendStranger(exchange, arrival, refusals.vaultLocked(arrival.path))
  }
  await deps.throttle.failed()
  sendStranger(exchange, arrival, refusals.unauthorized(arrival.path))
}
