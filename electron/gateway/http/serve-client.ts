/**
 * One request of a known client, from its admission to the last byte of its answer: limits, content type, body, turn,
 * gateway, in this order. Each step calls the next one where it need not wait; a promise a step would cost more than
 * the steps.
 */
import type { ServerResponse } from 'node:http'
import type { ModelId } from '../../../shared/identity.ts'
import type { StoredClient } from '../../models/stored-client.ts'
import { Stop } from '../../rotation/stop-signal.ts'
import { WireFault } from '../../upstream/wire-attempt.ts'
import { refusal, type GatewayAnswer } from '../answer.ts'
import { newRequestId } from '../request-id.ts'
import { unlimited, type Admission } from '../clients/client-limits.ts'
import { refuseContentType } from './access.ts'
import type { Arrival } from './arrival.ts'
import type { BodyShare } from './body-budget.ts'
import { asAnswer, send, type Exchange } from './exchange.ts'
import { readBody, type BodyRefusal } from './read-body.ts'
import * as refusals from './refusals.ts'
import { sendAnswer } from './send-answer.ts'
import type { ServeDeps } from './serve-deps.ts'
import type { Entry } from './slots.ts'
import type { UnderWayAnswer } from './under-way.ts'

export function serveClient(deps: ServeDeps, exchange: Exchange, arrival: Arrival, client: StoredClient): void {
  const entry = deps.slots.enter(client.id)
  if (entry) new ClientRequest(deps, exchange, arrival, client, entry).begin()
  else send(exchange, arrival, refusals.tooManyAtOnce(arrival.path))
}

const nothing = Buffer.alloc(0)

class ClientRequest implements UnderWayAnswer {
  readonly client: StoredClient
  readonly response: ServerResponse
  place = 0
  readonly #deps: ServeDeps
  readonly #exchange: Exchange
  readonly #arrival: Arrival
  readonly #entry: Entry
  readonly #share: BodyShare
  readonly #stop = new Stop()
  readonly #endUsage: () => void
  #admission: Admission = unlimited

  constructor(deps: ServeDeps, exchange: Exchange, arrival: Arrival, client: StoredClient, entry: Entry) {
    this.#deps = deps
    this.#exchange = exchange
    this.#arrival = arrival
    this.client = client
    this.response = exchange.response
    this.#entry = entry
    this.#share = deps.bodies.open()
    this.#endUsage = deps.usage.begin(client.id)
  }

  begin(): void {
    this.#deps.underWay.add(this)
    this.response.once('close', () => this.#end())
    try {
      const admission = this.#deps.clientLimits.admit(this.client, this.#arrival.method === 'POST')
      if (admission instanceof Promise) void this.#awaitAdmission(admission)
      else this.#admitted(admission)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** `close` comes exactly once, after the last byte or with the connection. */
  #end(): void {
    if (!this.response.writableFinished) this.#stop.abort()
    this.#deps.underWay.delete(this)
    this.#share.close()
    this.#entry.leave()
    this.#endUsage()
  }

  async #awaitAdmission(admission: Promise<Admission>): Promise<void> {
    try {
      this.#admitted(await admission)
    } catch (error) {
      this.#fail(error)
    }
  }

  #admitted(admission: Admission): void {
    this.#admission = admission
    if (!admission.ok) return this.#send(refusals.overLimit(this.#arrival.path, admission))
    const refused = this.#refuseBody()
    if (refused) return send(this.#exchange, this.#arrival, refused)
    const { request, expectsContinue } = this.#exchange
    if (expectsContinue) this.response.writeContinue()
    if (!this.#arrival.hasBody) return this.#takeTurn(nothing)
    readBody(request, this.#deps.limits.maxBodyBytes, this.#share, this.#bodyRead, this.#fail)
  }

  #refuseBody(): GatewayAnswer | null {
    const refused = refuseContentType(this.#arrival)
    if (refused) return asAnswer(refused, this.#arrival.path)
    const { maxBodyBytes } = this.#deps.limits
    return (this.#arrival.contentLength ?? 0) > maxBodyBytes
      ? refusals.bodyTooLarge(this.#arrival.path, maxBodyBytes)
      : null
  }

  readonly #bodyRead = (body: Buffer | BodyRefusal): void => {
    const { path } = this.#arrival
    try {
      if (body === 'too-large')
        send(this.#exchange, this.#arrival, refusals.bodyTooLarge(path, this.#deps.limits.maxBodyBytes))
      else if (body === 'no-room') send(this.#exchange, this.#arrival, refusals.noRoom(path))
      else this.#takeTurn(body)
    } catch (error) {
      this.#fail(error)
    }
  }

  #takeTurn(body: Buffer): void {
    const turn = this.#entry.turn(this.#stop)
    if (turn === true) this.#ask(body)
    else void turn.then((isTurn) => isTurn && this.#ask(body))
  }

  #ask(body: Buffer): void {
    if (this.#stop.aborted) return
    try {
      const answer = this.#answerTo(body)
      if (answer instanceof Promise) answer.then(this.#answered, this.#fail)
      else this.#answered(answer)
    } catch (error) {
      this.#fail(error)
    }
  }

  #answerTo(body: Buffer): Promise<GatewayAnswer> | GatewayAnswer {
    const { method, path, headers } = this.#arrival
    const { name, allowedModels } = this.client
    // Figures of every model and client are for those that may use every model.
    if (path === '/metrics' && method !== 'POST') return allowedModels === null ? this.#deps.metrics() : metricsRefused
    return this.#deps.gateway.handle({
      id: newRequestId(),
      client: name,
      // What a HEAD asks for is what a GET would be given, without its body.
      method: method === 'HEAD' ? 'GET' : method,
      path,
      headers,
      body,
      allowedModels: allowedModels && allowedSet(allowedModels),
      pinnedKeyId: null,
      conversation: headers['x-keywheel-conversation'] ?? null,
      signal: this.#stop,
    })
  }

  readonly #answered = (answer: GatewayAnswer): void => this.#deps.atTurnEnd(() => this.#answerNow(answer))

  #answerNow(answer: GatewayAnswer): void {
    try {
      this.#send(answer)
    } catch (error) {
      this.#fail(error)
    }
  }

  #send(answer: GatewayAnswer): void {
    const isHead = this.#arrival.method === 'HEAD'
    const sent = sendAnswer(this.response, withStanding(answer, this.#admission), {
      isHead,
      closes: false,
      signal: this.#stop,
      slowReaderMs: this.#deps.limits.slowReaderMs,
    })
    sent?.catch(this.#fail)
  }

  readonly #fail = (error: unknown): void => {
    const { response } = this
    const { request } = this.#exchange
    const isGone = response.closed || request.errored !== null
    // A provider that breaks a file off is no bug of ours; there is nothing to say it with but the end of the connection.
    if (!isGone && !(error instanceof WireFault)) this.#deps.reportBug(error)
    if (isGone || response.headersSent) response.destroy()
    else send(this.#exchange, this.#arrival, refusals.broken(this.#arrival.path), true)
  }
}

const metricsRefused = refusal(
  403,
  'metrics_not_allowed',
  'A client that may not use every model may not read figures.',
)

const allowedSets = new WeakMap<readonly ModelId[], ReadonlySet<ModelId>>()

/** The list is a new one whenever the client is changed. */
function allowedSet(models: readonly ModelId[]): ReadonlySet<ModelId> {
  const known = allowedSets.get(models)
  if (known) return known
  const made = new Set(models)
  allowedSets.set(models, made)
  return made
}

/** Most clients have no limits to be told of. */
function withStanding(answer: GatewayAnswer, admission: Admission): GatewayAnswer {
  return admission === unlimited ? answer : { ...answer, headers: { ...answer.headers, ...admission.headers } }
}
