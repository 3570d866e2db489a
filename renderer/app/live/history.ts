/** Everything the page saw happen, in rings of bounded size: it only repeats what main reported. */
import type { KeyState } from '../../../shared/key.ts'
import type { LiveEvent } from '../../../shared/live-event.ts'
import type { ModelView } from '../../../shared/model.ts'
import type { AttemptView, RequestView } from '../../../shared/request.ts'
import { startedRequest, withEvent, type LaterEvent } from '../../../shared/request-history.ts'
import { AttemptRing } from './attempt-ring.ts'
import { KeyPeriods, type KeyPeriod } from './key-periods.ts'
import { createRequestLog, isRunning } from './request-log.ts'
import { cutOff } from '../../../shared/cut-off.ts'

type Of<K extends LiveEvent['kind']> = Extract<LiveEvent, { kind: K }>

export interface Pick {
  keyId: string
  atMs: number
  /** Picks of this model so far; it tells two picks of one key apart. */
  count: number
}

export class LiveHistory {
  /** Replaced, not changed, when the time before is put in front. */
  attempts: AttemptRing
  readonly requests = createRequestLog()
  private readonly keyPeriods = new KeyPeriods()
  private readonly keyIndexes = new Map<string, number>()
  private readonly picks = new Map<string, Pick>()
  /** Ordinals of the attempts of running requests, by request. */
  private readonly open = new Map<string, number[]>()
  /** When the first key is back, for the requests that wait for one. */
  private readonly parked = new Map<string, number>()
  /** From when on every attempt was heard of: since the page is open, or further back for a model whose past was read. */
  private heardFromMs = Infinity
  private readonly readFromMs = new Map<string, number>()
  /** Grows with every change. */
  version = 0

  constructor(limits: { attempts?: number } = {}) {
    this.attempts = new AttemptRing(limits.attempts)
  }

  /** The key's column in the rings, or -1 when nothing was heard of it. */
  keyIndex(modelId: string, keyId: string): number {
    return this.keyIndexes.get(`${modelId} ${keyId}`) ?? -1
  }

  pick(modelId: string): Pick | null {
    return this.picks.get(modelId) ?? null
  }

  periods(modelId: string, keyId: string): readonly KeyPeriod[] {
    return this.keyPeriods.of(this.keyIndex(modelId, keyId))
  }

  /** When a parked request is expected to go on; null when that is not known, or it does not wait. */
  parkedUntilMs(requestId: string): number | null {
    return this.parked.get(requestId) ?? null
  }

  state(modelId: string, keyId: string): KeyState | null {
    return this.keyPeriods.state(this.keyIndex(modelId, keyId))
  }

  /** From when on every attempt of a model is held. */
  heldFromMs(modelId: string): number {
    return Math.max(this.readFromMs.get(modelId) ?? this.heardFromMs, this.attempts.goneUntilMs)
  }

  apply(events: readonly LiveEvent[]): void {
    for (const event of events) this.applyOne(event)
    if (events.length > 0) this.version += 1
  }

  /** Takes a snapshot of recent requests: those not known yet, and what became of the known ones. */
  backfill(requests: readonly RequestView[], nowMs: number): void {
    if (this.heardFromMs === Infinity) {
      this.heardFromMs = requests.reduce((least, { startedAtMs }) => Math.min(least, startedAtMs), nowMs)
    }
    const known = new Set<string>(requests.map((request) => request.id))
    this.requests.dropRunningExcept(known)
    for (const id of this.parked.keys()) if (!known.has(id)) this.parked.delete(id)
    for (const request of requests.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) this.takeWhole(request)
    this.version += 1
  }

  /**
   * Puts the requests of one model that began from `fromMs` on in front of what is held; false when there is no room.
   * Only single attempts are taken: a request that ended before the page was open is asked of main when it is opened.
   */
  prepend(modelId: string, requests: readonly RequestView[], fromMs: number): boolean {
    const untilMs = this.heldFromMs(modelId)
    const older = requests.filter(({ startedAtMs }) => startedAtMs < untilMs)
    const count = older.reduce((sum, { attempts }) => sum + attempts.length, 0)
    if (count + this.attempts.size > this.attempts.limit) return false
    const ring = this.ringOf(older, this.attempts.limit)
    const shift = ring.append(this.attempts)
    for (const ordinals of this.open.values()) ordinals.forEach((ordinal, at) => (ordinals[at] = ordinal + shift))
    this.attempts = ring
    this.readFromMs.set(modelId, fromMs)
    this.version += 1
    return true
  }

  /** The attempts of these requests alone. */
  ringOf(requests: readonly RequestView[], limit?: number): AttemptRing {
    const ring = new AttemptRing(limit)
    for (const { id, modelId, attempts } of requests) {
      let after = -1
      for (const { number, keyId, startedAtMs, durationMs, outcome } of attempts) {
        const key = this.indexOf(modelId, keyId)
        after = ring.start({ requestId: id, key, number, startedAtMs, after })
        // An attempt without an outcome was cut off with its program.
        const endedAtMs = startedAtMs + (durationMs ?? 0)
        ring.end(after, endedAtMs, outcome ?? cutOff)
        if (outcome !== null && outcome.kind !== 'served') this.keyPeriods.explain(key, outcome, endedAtMs)
      }
    }
    return ring
  }

  /** Takes what a key's states were before the page was open. */
  rememberStates(modelId: string, keyId: string, states: readonly { atMs: number; state: KeyState }[]): void {
    this.keyPeriods.remember(this.indexOf(modelId, keyId), states)
    this.version += 1
  }

  /** Takes the keys' states from a listing, for those whose change was not seen. */
  seed(models: readonly ModelView[], nowMs: number): void {
    for (const model of models) {
      for (const key of model.keys) {
        const since = { fromMs: key.lastUsedAtMs, outcome: key.lastFailure }
        this.keyPeriods.seed(this.indexOf(model.id, key.id), key.state, since, nowMs)
      }
      if (model.currentKeyId !== null && !this.picks.has(model.id)) {
        this.picks.set(model.id, { keyId: model.currentKeyId, atMs: nowMs, count: 0 })
      }
    }
    this.version += 1
  }

  private applyOne(event: LiveEvent): void {
    switch (event.kind) {
      case 'request-started':
        if (!this.requests.get(event.requestId)) this.requests.put(startedRequest(event))
        return
      case 'request-parked':
        this.park(event)
        return
      case 'attempt-started':
        this.startAttempt(event)
        return
      case 'fell-back':
      case 'first-output':
        this.change(event)
        return
      case 'attempt-ended':
        this.endAttempt(event)
        return
      case 'request-ended':
        this.endRequest(event)
        return
      case 'key-state':
        this.keyPeriods.change(this.indexOf(event.modelId, event.keyId), event.state, event.atMs)
        return
      case 'models-changed':
      case 'vault-changed':
      case 'linked-files-changed':
      case 'conversations-changed':
      case 'settings-changed':
      case 'gateway-changed':
      case 'journal-changed':
      case 'rehearsal-changed':
        return
    }
  }

  private park(event: Of<'request-parked'>): void {
    const request = this.requests.get(event.requestId)
    if (!request || !isRunning(request)) return
    if (event.untilMs === null) this.parked.delete(event.requestId)
    else this.parked.set(event.requestId, event.untilMs)
    this.change(event)
  }

  private startAttempt(event: Of<'attempt-started'>): void {
    this.parked.delete(event.requestId)
    const request = this.requests.get(event.requestId)
    if (request && !isRunning(request)) return
    if (request?.attempts.some((attempt) => attempt.number === event.number)) return
    this.record(event.modelId, event.requestId, event.number, event.keyId, event.atMs)
    this.change(event)
  }

  private endAttempt(event: Of<'attempt-ended'>): void {
    const ordinal = this.ordinalOf(event.requestId, event.number)
    if (ordinal === -1 || this.attempts.kind(ordinal) !== null) return
    this.attempts.end(ordinal, event.atMs, event.outcome)
    if (event.outcome.kind !== 'served') {
      this.keyPeriods.failed(this.indexOf(event.modelId, event.keyId), event.outcome, event.atMs)
    }
    this.change(event)
  }

  private endRequest(event: Of<'request-ended'>): void {
    this.open.delete(event.requestId)
    this.parked.delete(event.requestId)
    const request = this.requests.get(event.requestId)
    if (!request || !isRunning(request)) return
    this.finish(withEvent(request, event))
  }

  private finish(request: RequestView): void {
    this.requests.put(request)
  }

  private takeWhole(request: RequestView): void {
    const known = this.requests.get(request.id)
    if (known && !isRunning(known)) return
    for (const attempt of request.attempts) this.takeAttempt(request, attempt)
    if (isRunning(request)) this.requests.put(request)
    else {
      this.open.delete(request.id)
      this.parked.delete(request.id)
      this.finish(request)
    }
  }

  private takeAttempt(request: RequestView, attempt: AttemptView): void {
    let ordinal = this.ordinalOf(request.id, attempt.number)
    if (ordinal === -1) {
      ordinal = this.record(request.modelId, request.id, attempt.number, attempt.keyId, attempt.startedAtMs)
    }
    if (attempt.outcome === null || this.attempts.kind(ordinal) !== null) return
    const endedAtMs = attempt.startedAtMs + (attempt.durationMs ?? 0)
    this.attempts.end(ordinal, endedAtMs, attempt.outcome)
    if (attempt.outcome.kind !== 'served') {
      this.keyPeriods.failed(this.indexOf(request.modelId, attempt.keyId), attempt.outcome, endedAtMs)
    }
  }

  private record(modelId: string, requestId: string, number: number, keyId: string, startedAtMs: number): number {
    const ordinals = this.open.get(requestId) ?? []
    const after = ordinals.at(-1) ?? -1
    const key = this.indexOf(modelId, keyId)
    const ordinal = this.attempts.start({ requestId, key, number, startedAtMs, after })
    ordinals.push(ordinal)
    this.open.set(requestId, ordinals)
    const last = this.picks.get(modelId)
    if (!last || startedAtMs >= last.atMs) {
      this.picks.set(modelId, { keyId, atMs: startedAtMs, count: (last?.count ?? 0) + 1 })
    }
    return ordinal
  }

  private ordinalOf(requestId: string, number: number): number {
    return this.open.get(requestId)?.find((ordinal) => this.attempts.number(ordinal) === number) ?? -1
  }

  private change(event: LaterEvent): void {
    const request = this.requests.get(event.requestId)
    if (request && isRunning(request)) this.requests.put(withEvent(request, event))
  }

  private indexOf(modelId: string, keyId: string): number {
    const name = `${modelId} ${keyId}`
    const known = this.keyIndexes.get(name)
    if (known !== undefined) return known
    this.keyIndexes.set(name, this.keyIndexes.size)
    return this.keyIndexes.size - 1
  }
}
