import type { DecisionView } from '../../shared/decision.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import type { OutcomeView } from '../../shared/outcome.ts'
import type { RequestFailure } from '../../shared/request.ts'
import type { BatchTables } from './batch.ts'

type Standing = Pick<DecisionView, 'excluded' | 'nearest'>

/** The failure of a model of many keys would be larger than everything else about it. */
const keptKeysOfFailure = 20

/** Gives each text of a batch its place, the same one each time; looked up by what is cheapest to compare. */
export class TableBuilder {
  readonly tables: BatchTables = {
    models: [],
    clients: [],
    keys: [],
    outcomes: [],
    standings: [],
    failures: [],
    headerNames: [],
  }
  readonly #models = new Map<ModelId, number>()
  readonly #clients = new Map<string, number>()
  readonly #keys = new Map<KeyId, number>()
  readonly #outcomes = new Map<string, number>()
  /** By what they say, then by model. */
  readonly #standings = new Map<object, Map<object, number[]>>()
  readonly #headerNames = new Map<string, number>()
  readonly #served = new Map<number, number>()

  model(id: ModelId, name: string | null): number {
    const place = this.#models.get(id)
    if (place !== undefined && (name === null || this.tables.models[place]!.name === name)) return place
    // A model that was renamed within the batch has two places, of which the last is found.
    const added = this.tables.models.push({ id, name, price: null }) - 1
    this.#models.set(id, added)
    return added
  }

  client(name: string): number {
    return placeOf(this.#clients, this.tables.clients, name, name)
  }

  key(model: number, id: KeyId, label: string): number {
    const place = this.#keys.get(id)
    const known = place === undefined ? undefined : this.tables.keys[place]
    if (place !== undefined && known?.label === label && known.model === model) return place
    const added = this.tables.keys.push({ model, id, label }) - 1
    this.#keys.set(id, added)
    return added
  }

  outcome(outcome: OutcomeView): number {
    const { kind, status, cause, providerCode, providerMessage } = outcome
    if (kind === 'served' && status !== null && cause === null && providerCode === null && providerMessage === null)
      return this.#servedOutcome(status, outcome)
    const name = `${kind} ${status} ${cause} ${providerCode}\0${providerMessage}`
    return placeOf(this.#outcomes, this.tables.outcomes, name, { kind, status, cause, providerCode, providerMessage })
  }

  /** Most of them are alike. */
  #servedOutcome(status: number, { kind }: OutcomeView): number {
    const place = this.#served.get(status)
    if (place !== undefined) return place
    const silent = { cause: null, providerCode: null, providerMessage: null }
    const added = this.tables.outcomes.push({ kind, status, ...silent }) - 1
    this.#served.set(status, added)
    return added
  }

  /** Decisions share what they say of the other keys, for as long as nothing about those changes. */
  standing(model: number, { excluded, nearest }: Standing): number {
    let byNearest = this.#standings.get(excluded)
    if (!byNearest) this.#standings.set(excluded, (byNearest = new Map<object, number[]>()))
    let places = byNearest.get(nearest)
    if (!places) byNearest.set(nearest, (places = []))
    return (places[model] ??= this.tables.standings.push({ model, excluded, nearest }) - 1)
  }

  failure(failure: RequestFailure): number {
    const { keys } = failure
    const kept = keys.length > keptKeysOfFailure ? { ...failure, keys: keys.slice(0, keptKeysOfFailure) } : failure
    return this.tables.failures.push(kept) - 1
  }

  headerNames(names: string): number {
    return placeOf(this.#headerNames, this.tables.headerNames, names, names)
  }
}

function placeOf<K, V>(places: Map<K, number>, table: V[], name: K, value: V): number {
  const place = places.get(name)
  if (place !== undefined) return place
  const added = table.push(value) - 1
  places.set(name, added)
  return added
}
