import type { Usage } from '../../shared/request.ts'
import { AttemptColumn as A, attemptColumns, RequestColumn as R, requestColumns, type PackedBatch } from './batch.ts'

/** Walks over the requests of a batch and their attempts, without making an object of any. */
export class BatchReader {
  readonly #batch: PackedBatch
  readonly #numbers: Float64Array
  #nth = -1
  #request = 0
  #attempt = 0
  #next = 0

  constructor(batch: PackedBatch) {
    this.#batch = batch
    this.#numbers = batch.numbers
  }

  /** False after the last. */
  nextRequest(): boolean {
    this.#nth += 1
    this.#request = this.#next
    if (this.#nth >= this.#batch.ids.length) return false
    this.#attempt = this.#request + requestColumns - attemptColumns
    this.#next = this.#request + requestColumns + this.of(R.attempts) * attemptColumns
    return true
  }

  /** False after the request's last; then they can be gone over again. */
  nextAttempt(): boolean {
    this.#attempt += attemptColumns
    if (this.#attempt < this.#next) return true
    this.#attempt = this.#request + requestColumns - attemptColumns
    return false
  }

  id(): string {
    return this.#batch.ids[this.#nth]!
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
