// What was packed is what was told: each request as the fold of its events (shared/request-history.ts) leaves it, without
// an object being made on the way. What is kept of a request for longer than it runs is kept like this: as objects, those
// of the last tenth of a second and of the recent requests would be copied and promoted by one collection after another.
import type { ModelId, RequestId } from '../../shared/identity.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { NotedHeaders } from '../../shared/outcome.ts'
import type { LaterEvent } from '../../shared/request-history.ts'
import { TableBuilder } from './batch-tables.ts'
import { AttemptColumn as A, attemptColumns, RequestColumn as R, requestColumns, type PackedRequests } from './batch.ts'
import { resultCodes, ruleCodes, strategyCodes } from './codes.ts'
import { headerTexts } from './header-texts.ts'
import type { RequestLog } from './request-log.ts'

type Event<K extends LiveEvent['kind']> = Extract<LiveEvent, { kind: K }>

const running = resultCodes.codeOf('running')
const parked = resultCodes.codeOf('parked')

/** Packs requests one after the other; they are taken out together. */
export class Packer {
  /** Kept from one time to the next, so that it need not grow again. */
  #scratch = new Float64Array(4 * 1_024)
  #ids: RequestId[] = []
  #headerValues: string[] = []
  #tables = new TableBuilder()
  /** Where the request begins, and where its last attempt ends. */
  #request = 0
  #end = 0
  #asked: ModelId | null = null
  #model = 0
  #modelId: ModelId | null = null

  /** Requests since the last time. */
  get count(): number {
    return this.#ids.length
  }

  /** What was added since the last time. */
  peek(): PackedRequests {
    const { tables } = this.#tables
    return { numbers: this.#scratch.slice(0, this.#end), ids: this.#ids, headerValues: this.#headerValues, tables }
  }

  take(): PackedRequests {
    const taken = this.peek()
    this.#ids = []
    this.#headerValues = []
    this.#tables = new TableBuilder()
    this.#end = 0
    return taken
  }

  add({ started, later, wasSent }: RequestLog): void {
    this.#makeRoom(this.#end + requestColumns + later.length * attemptColumns)
    this.#request = this.#end
    this.#end += requestColumns
    this.#modelId = started.modelId
    this.#asked = started.modelId
    this.#model = this.#tables.model(started.modelId, started.modelName)
    this.#ids.push(started.requestId)
    this.#scratch.fill(NaN, this.#request, this.#end)
    this.#set(R.wasSent, Number(wasSent))
    this.#set(R.model, this.#model)
    this.#set(R.client, this.#tables.client(started.client))
    this.#set(R.startedAtMs, started.atMs)
    this.#set(R.result, running)
    this.#set(R.estimated, 0)
    this.#set(R.attempts, 0)
    for (const event of later) this.#follow(event)
  }

  #follow(event: LaterEvent): void {
    switch (event.kind) {
      case 'request-parked':
        return this.#set(R.result, parked)
      case 'fell-back':
        return this.#fallBack(event)
      case 'attempt-started':
        return this.#beginAttempt(event)
      case 'first-output':
        return this.#set(R.firstOutputMs, event.afterMs)
      case 'attempt-ended':
        return this.#endAttempt(event)
      case 'request-ended':
        return this.#endRequest(event)
      default:
        return event satisfies never
    }
  }

  #fallBack({ modelId, modelName }: Event<'fell-back'>): void {
    this.#modelId = modelId
    this.#model = this.#tables.model(modelId, modelName)
    // Back at the model that was asked for, nothing stands in for it.
    this.#set(R.standIn, modelId === this.#asked ? NaN : this.#model)
  }

  #beginAttempt({ number, modelId, keyId, keyLabel, probe, atMs, decision }: Event<'attempt-started'>): void {
    const at = this.#end
    this.#end += attemptColumns
    this.#scratch.fill(NaN, at, this.#end)
    const model = modelId === this.#modelId ? this.#model : this.#tables.model(modelId, null)
    this.#scratch[at + A.number] = number
    this.#scratch[at + A.model] = model
    this.#scratch[at + A.key] = this.#tables.key(model, keyId, keyLabel)
    this.#scratch[at + A.startedAtMs] = atMs
    this.#scratch[at + A.probe] = Number(probe)
    if (decision) this.#decide(at, model, decision)
    this.#set(R.result, running)
    this.#scratch[this.#request + R.attempts]! += 1
  }

  #decide(at: number, model: number, decision: NonNullable<Event<'attempt-started'>['decision']>): void {
    this.#scratch[at + A.decidedAtMs] = decision.atMs
    this.#scratch[at + A.strategy] = strategyCodes.codeOf(decision.strategy)
    this.#scratch[at + A.rule] = ruleCodes.codeOf(decision.rule)
    this.#scratch[at + A.usable] = decision.usable
    this.#scratch[at + A.tried] = decision.tried
    this.#scratch[at + A.standing] = this.#tables.standing(model, decision)
  }

  #endAttempt({ number, durationMs, outcome, headers }: Event<'attempt-ended'>): void {
    const at = this.#attemptAt(number)
    if (at < 0) return
    this.#scratch[at + A.durationMs] = durationMs
    this.#scratch[at + A.outcome] = this.#tables.outcome(outcome)
    this.#scratch[at + A.retryAfterMs] = outcome.retryAfterMs ?? NaN
    if (headers !== undefined && headers.length > 0) this.#noteHeaders(at, headers)
  }

  /** Mostly the last. */
  #attemptAt(number: number): number {
    const first = this.#request + requestColumns
    let at = this.#end - attemptColumns
    while (at >= first && this.#scratch[at + A.number] !== number) at -= attemptColumns
    return at >= first ? at : -1
  }

  #noteHeaders(at: number, headers: NotedHeaders): void {
    const [names, values] = headerTexts(headers)
    this.#scratch[at + A.headerNames] = this.#tables.headerNames(names)
    this.#scratch[at + A.headerValues] = this.#headerValues.push(values) - 1
  }

  #endRequest({ atMs, result, usage, failure }: Event<'request-ended'>): void {
    this.#set(R.endedAtMs, atMs)
    this.#set(R.result, resultCodes.codeOf(result))
    if (failure) this.#set(R.failure, this.#tables.failure(failure))
    if (!usage) return
    this.#set(R.promptTokens, usage.promptTokens)
    this.#set(R.completionTokens, usage.completionTokens)
    this.#set(R.estimated, Number(usage.estimated === true))
  }

  #set(column: number, value: number): void {
    this.#scratch[this.#request + column] = value
  }

  #makeRoom(length: number): void {
    if (length <= this.#scratch.length) return
    const larger = new Float64Array(Math.max(length, this.#scratch.length * 2))
    larger.set(this.#scratch)
    this.#scratch = larger
  }
}
