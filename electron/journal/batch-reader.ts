import type { Usage } from '../../shared/request.ts'
import type { RequestId } from '../../shared/identity.ts'
import {
  AttemptColumn as A,
  attemptColumns,
  lengthAt,
  RequestColumn as R,
  requestColumns,
  type PackedRequests,
} from './batch.ts'

type Batch = Omit<PackedRequests, 'tables'>

/**
 * Walks over the requests of a batch and their attempts, without making an object of any: in the order in which they were
 * started, though they were packed as they ended.
 */
export class BatchReader {
  readonly #batch: Batch
  readonly #numbers: Float64Array
  /** Where each request begins, and which one it is: in two lists, for they are sorted by what stands there. */
  readonly #begins: number[] = []
  readonly #order: number[]
  #nth = -1
  #request = 0
  #attempt = 0
  #next = 0

  constructor(batch: Batch) {
    const { numbers, ids } = batch
    this.#batch = batch
    this.#numbers = numbers
    for (let at = 0; at < numbers.length; at += lengthAt(numbers, at)) this.#begins.push(at)
    const startOf = (nth: number) => numbers[this.#begins[nth]! + R.startedAtMs]!
    this.#order = Array.from(ids.keys()).sort((a, b) => startOf(a) - startOf(b))
  }

  /** False after the last. */
  nextRequest(): boolean {
    this.#nth += 1
    if (this.#nth >= this.#order.length) return false
    this.#request = this.#begins[this.#order[this.#nth]!]!
    this.#attempt = this.#request + requestColumns - attemptColumns
    this.#next = this.#request + lengthAt(this.#numbers, this.#request)
    return true
  }

  /** False after the request's last; then they can be gone over again. */
  nextAttempt(): boolean {
    this.#attempt += attemptColumns
    if (this.#attempt < this.#next) return true
    this.#attempt = this.#request + requestColumns - attemptColumns
    return false
  }

  id(): RequestId {
    return this.#batch.ids[this.#order[this.#nth]!]!
  }

  /** A column of the request, which always has it. */
  of(column: number): number {
    return this.#numbers[this.#request + column]!
  }

  /** A column of the request that may be null. */
  maybe(column: number): number | null {
    return orNull(this.of(column))
  }

  attempt(column: number): number {
    return this.#numbers[this.#attempt + column]!
  }

  attemptMaybe(column: number): number | null {
    return orNull(this.attempt(column))
  }

  usage(): Usage | null {
    const promptTokens = this.maybe(R.promptTokens)
    const completionTokens = this.maybe(R.completionTokens)
    return promptTokens === null || completionTokens === null ? null : { promptTokens, completionTokens }
  }

  headerValues(): string | null {
    const place = this.attemptMaybe(A.headerValues)
    return place === null ? null : this.#batch.headerValues[place]!
  }
}

const orNull = (value: number) => (Number.isNaN(value) ? null : value)
