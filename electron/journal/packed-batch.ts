// What is unpacked is what was packed. A batch crosses to the thread as numbers, which are moved and not copied, and
// as texts, each of them once: as objects or as JSON it would cost main more than everything else about the journal.
import type { DecisionView } from '../../shared/decision.ts'
import type { NotedHeaders, OutcomeView } from '../../shared/outcome.ts'
import type { AttemptView, RequestFailure, RequestView, Usage } from '../../shared/request.ts'
import type { Batch, RecordedRequest } from './batch.ts'

export interface PackedBatch {
  /** The requests, one after the other; texts are given by their places, and what is null by NaN. */
  numbers: Float64Array<ArrayBuffer>
  texts: string[]
  /** How many requests. */
  requests: number
  /** What is rare, as JSON. */
  rest: string
  exchanges: Batch['exchanges']
}

type Rest = Pick<Batch, 'keyStates' | 'prices'>

export function packBatch({ requests, keyStates, prices, exchanges }: Batch): PackedBatch {
  const packer = new Packer()
  for (const request of requests) packer.request(request)
  const { numbers, texts } = packer
  const rest = JSON.stringify({ keyStates, prices } satisfies Rest)
  return { numbers: new Float64Array(numbers), texts, requests: requests.length, rest, exchanges }
}

export function unpackBatch(packed: PackedBatch): Batch {
  const reader = new Unpacker(packed)
  const requests: RecordedRequest[] = []
  for (let count = 0; count < packed.requests; count += 1) requests.push(reader.request())
  return { requests, exchanges: packed.exchanges, ...(JSON.parse(packed.rest) as Rest) }
}

class Packer {
  readonly numbers: number[] = []
  readonly texts: string[] = []
  readonly #places = new Map<string, number>()
  /** Decisions share what they say of the other keys, for as long as nothing about those changes. */
  readonly #shared = new Map<object, number>()

  request({ view, decisions, headers }: RecordedRequest): void {
    const { id, modelId, modelName, standIn, client, startedAtMs, endedAtMs, firstOutputMs, result } = view
    // No other text is like it.
    this.numbers.push(this.texts.push(id) - 1)
    this.#text(modelId)
    this.#text(modelName)
    this.#text(standIn && standIn.modelId)
    this.#text(standIn && standIn.modelName)
    this.#text(client)
    this.numbers.push(startedAtMs, endedAtMs ?? NaN, firstOutputMs ?? NaN)
    this.#text(result)
    this.#usage(view.usage)
    this.#text(view.failure && JSON.stringify(view.failure))
    this.numbers.push(view.attempts.length, decisions.length, headers.length)
    for (const attempt of view.attempts) this.#attempt(attempt)
    for (const { number, decision } of decisions) this.#decision(number, decision)
    for (const { number, headers: noted } of headers) this.#headers(number, noted)
  }

  #usage(usage: Usage | null) {
    this.numbers.push(usage?.promptTokens ?? NaN, usage?.completionTokens ?? NaN, Number(usage?.estimated === true))
  }

  #attempt({ number, modelId, keyId, keyLabel, startedAtMs, durationMs, probe, outcome }: AttemptView) {
    this.numbers.push(number)
    this.#text(modelId ?? null)
    this.#text(keyId)
    this.#text(keyLabel)
    this.numbers.push(startedAtMs, durationMs ?? NaN, Number(probe))
    this.#text(outcome && outcome.kind)
    if (!outcome) return
    this.numbers.push(outcome.status ?? NaN, outcome.retryAfterMs ?? NaN)
    this.#text(outcome.cause)
    this.#text(outcome.providerCode)
    this.#text(outcome.providerMessage)
  }

  #decision(number: number, { atMs, keyId, strategy, rule, usable, tried, excluded, nearest }: DecisionView) {
    this.numbers.push(number, atMs, usable, tried)
    this.#text(keyId)
    this.#text(strategy)
    this.#text(rule)
    this.#json(excluded)
    this.#json(nearest)
  }

  #headers(number: number, headers: NotedHeaders) {
    this.numbers.push(number, headers.length)
    for (const [name, value] of headers) {
      this.#text(name)
      this.#text(value)
    }
  }

  #text(text: string | null) {
    if (text === null) {
      this.numbers.push(NaN)
      return
    }
    let place = this.#places.get(text)
    if (place === undefined) {
      place = this.texts.push(text) - 1
      this.#places.set(text, place)
    }
    this.numbers.push(place)
  }

  #json(value: object) {
    let place = this.#shared.get(value)
    if (place === undefined) {
      place = this.texts.push(JSON.stringify(value)) - 1
      this.#shared.set(value, place)
    }
    this.numbers.push(place)
  }
}

/** Reads in the order in which the packer wrote. */
class Unpacker {
  readonly #numbers: Float64Array
  readonly #texts: readonly string[]
  readonly #shared = new Map<number, unknown>()
  #at = 0

  constructor({ numbers, texts }: PackedBatch) {
    this.#numbers = numbers
    this.#texts = texts
  }

  request(): RecordedRequest {
    const start = {
      id: this.#text() as RequestView['id'],
      modelId: this.#text() as RequestView['modelId'],
      modelName: this.#text(),
      standIn: this.#standIn(),
      client: this.#text(),
      startedAtMs: this.#number(),
      endedAtMs: this.#maybe(),
      firstOutputMs: this.#maybe(),
      result: this.#text() as RequestView['result'],
      usage: this.#usage(),
      failure: this.#failure(),
    }
    const [attempts, decisions, headers] = [this.#number(), this.#number(), this.#number()]
    return {
      view: { ...start, attempts: Array.from({ length: attempts }, () => this.#attempt()) },
      decisions: Array.from({ length: decisions }, () => this.#decision()),
      headers: Array.from({ length: headers }, () => this.#headers()),
    }
  }

  #standIn(): RequestView['standIn'] {
    const modelId = this.#maybeText() as RequestView['modelId'] | null
    const modelName = this.#maybeText()
    return modelId === null || modelName === null ? null : { modelId, modelName }
  }

  #usage(): Usage | null {
    const [promptTokens, completionTokens, estimated] = [this.#maybe(), this.#maybe(), this.#number()]
    if (promptTokens === null || completionTokens === null) return null
    return { promptTokens, completionTokens, ...(estimated === 1 ? { estimated: true } : {}) }
  }

  #failure(): RequestFailure | null {
    const text = this.#maybeText()
    return text === null ? null : (JSON.parse(text) as RequestFailure)
  }

  #attempt(): AttemptView {
    const number = this.#number()
    const modelId = this.#maybeText() as RequestView['modelId'] | null
    return {
      number,
      ...(modelId === null ? {} : { modelId }),
      keyId: this.#text() as AttemptView['keyId'],
      keyLabel: this.#text(),
      startedAtMs: this.#number(),
      durationMs: this.#maybe(),
      probe: this.#number() === 1,
      outcome: this.#outcome(),
    }
  }

  #outcome(): OutcomeView | null {
    const kind = this.#maybeText() as OutcomeView['kind'] | null
    if (kind === null) return null
    return {
      kind,
      status: this.#maybe(),
      retryAfterMs: this.#maybe(),
      cause: this.#maybeText() as OutcomeView['cause'],
      providerCode: this.#maybeText(),
      providerMessage: this.#maybeText(),
    }
  }

  #decision(): RecordedRequest['decisions'][number] {
    const number = this.#number()
    const decision: DecisionView = {
      atMs: this.#number(),
      usable: this.#number(),
      tried: this.#number(),
      keyId: this.#text() as DecisionView['keyId'],
      strategy: this.#text() as DecisionView['strategy'],
      rule: this.#text() as DecisionView['rule'],
      excluded: this.#json() as DecisionView['excluded'],
      nearest: this.#json() as DecisionView['nearest'],
    }
    return { number, decision }
  }

  #headers(): RecordedRequest['headers'][number] {
    const [number, length] = [this.#number(), this.#number()]
    return { number, headers: Array.from({ length }, () => [this.#text(), this.#text()]) }
  }

  #number(): number {
    const value = this.#numbers[this.#at]!
    this.#at += 1
    return value
  }

  #maybe(): number | null {
    const value = this.#number()
    return Number.isNaN(value) ? null : value
  }

  #text(): string {
    return this.#texts[this.#number()]!
  }

  #maybeText(): string | null {
    const place = this.#maybe()
    return place === null ? null : this.#texts[place]!
  }

  #json(): unknown {
    const place = this.#number()
    let value = this.#shared.get(place)
    if (value === undefined) {
      value = JSON.parse(this.#texts[place]!)
      this.#shared.set(place, value)
    }
    return value
  }
}
