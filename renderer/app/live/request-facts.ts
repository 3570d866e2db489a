/** One row a finished request, youngest last; the figures are counted from these rows and from nothing else. */
import type { RequestView } from '../../../shared/request.ts'
import { isSavedByRotation } from '../../../shared/request-history.ts'

export interface RequestFact {
  modelId: string
  endedAtMs: number
  durationMs: number
  result: 'served' | 'failed' | 'cancelled'
  /** Its first key failed, and another one served it. */
  saved: boolean
  tokens: number
}

const results = ['served', 'failed', 'cancelled'] as const
const initialSlots = 1_024
const maxFacts = 2 ** 18

export class RequestFacts {
  private readonly limit: number
  private slots: number
  private endedAt: Float64Array
  private durations: Float64Array
  private tokens: Float64Array
  private resultCodes: Uint8Array
  private savedFlags: Uint8Array
  private models: Uint16Array
  private readonly modelIds: string[] = []
  private next = 0

  constructor(limit = maxFacts) {
    this.limit = limit
    this.slots = Math.min(initialSlots, limit)
    this.endedAt = new Float64Array(this.slots)
    this.durations = new Float64Array(this.slots)
    this.tokens = new Float64Array(this.slots)
    this.resultCodes = new Uint8Array(this.slots)
    this.savedFlags = new Uint8Array(this.slots)
    this.models = new Uint16Array(this.slots)
  }

  get size(): number {
    return Math.min(this.next, this.slots)
  }

  push(fact: RequestFact): void {
    if (this.next >= this.slots && this.slots < this.limit) this.grow()
    const slot = this.next % this.slots
    this.endedAt[slot] = fact.endedAtMs
    this.durations[slot] = fact.durationMs
    this.tokens[slot] = fact.tokens
    this.resultCodes[slot] = results.indexOf(fact.result)
    this.savedFlags[slot] = fact.saved ? 1 : 0
    this.models[slot] = this.modelIndex(fact.modelId)
    this.next += 1
  }

  /** Calls `visit` for the facts that ended in [fromMs, toMs) of one model, or of all when it is null; youngest first. */
  forEach(filter: { modelId: string | null; fromMs: number; toMs: number }, visit: (fact: RequestFact) => void): void {
    const only = filter.modelId === null ? -1 : this.modelIds.indexOf(filter.modelId)
    if (filter.modelId !== null && only === -1) return
    const fact: RequestFact = { modelId: '', endedAtMs: 0, durationMs: 0, result: 'served', saved: false, tokens: 0 }
    for (let index = this.next - 1; index >= this.next - this.size; index -= 1) {
      const slot = index % this.slots
      const endedAtMs = this.endedAt[slot] ?? 0
      const model = this.models[slot] ?? 0
      if (endedAtMs < filter.fromMs || endedAtMs >= filter.toMs || (only !== -1 && model !== only)) continue
      fact.modelId = this.modelIds[model] ?? ''
      fact.endedAtMs = endedAtMs
      fact.durationMs = this.durations[slot] ?? 0
      fact.result = results[this.resultCodes[slot] ?? 0] ?? 'failed'
      fact.saved = this.savedFlags[slot] === 1
      fact.tokens = this.tokens[slot] ?? 0
      visit(fact)
    }
  }

  private modelIndex(modelId: string): number {
    const known = this.modelIds.indexOf(modelId)
    return known === -1 ? this.modelIds.push(modelId) - 1 : known
  }

  private grow(): void {
    const slots = Math.min(this.limit, this.slots * 2)
    this.endedAt = grown(this.endedAt, new Float64Array(slots))
    this.durations = grown(this.durations, new Float64Array(slots))
    this.tokens = grown(this.tokens, new Float64Array(slots))
    this.resultCodes = grown(this.resultCodes, new Uint8Array(slots))
    this.savedFlags = grown(this.savedFlags, new Uint8Array(slots))
    this.models = grown(this.models, new Uint16Array(slots))
    this.slots = slots
  }
}

/** The fact of a finished request; null while it runs. */
export function factOf(request: RequestView): RequestFact | null {
  if (request.endedAtMs === null || request.result === 'running' || request.result === 'parked') return null
  return {
    modelId: request.modelId,
    endedAtMs: request.endedAtMs,
    durationMs: request.endedAtMs - request.startedAtMs,
    result: request.result,
    saved: isSavedByRotation(request),
    tokens: request.usage ? request.usage.promptTokens + request.usage.completionTokens : 0,
  }
}

function grown<T extends Float64Array | Uint16Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
