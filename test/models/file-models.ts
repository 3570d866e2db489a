import { createMemorySafe } from '../../electron/models/memory-safe.ts'
import { createModels } from '../../electron/models/models.ts'
import type { IncomingModel } from '../../electron/models/take-over.ts'
import { Failure } from '../../shared/failure.ts'

export const secretNumber = (number: number) => `sk-secret-of-account-${String(number).padStart(4, '0')}`

/** A model as a file brings it, with the keys of these numbers. */
export function fromFile(name: string, numbers: readonly number[] = [], about: Partial<IncomingModel> = {}) {
  const keys = numbers.map((number) => ({ secret: secretNumber(number) }))
  const model: IncomingModel = {
    name,
    apiBase: 'https://a.example/v1',
    provider: null,
    temperature: null,
    extra: {},
    keys,
    mode: 'merge',
    ...about,
  }
  return model
}

export const allMoves = () => true
export const noMoves = () => false

export function someModels() {
  let id = 0
  const safe = createMemorySafe()
  const models = createModels({
    safes: [safe],
    newId: () => `id-${(id += 1)}`,
    wallMs: () => 1_000,
    onChange: () => {},
  })
  const named = (name: string) => models.list().find(({ model }) => model.name === name)?.model
  const labels = (name: string) =>
    (named(name)?.keys ?? []).filter((key) => key.deletedAtMs === null).map((key) => key.label)
  /** Everything that is kept: the models, and of each key its secret and whether it may go to these hosts. */
  const everything = () =>
    models.list().map(({ model }) => ({
      model,
      keys: model.keys.map((key) => ['a.example', 'b.example'].map((host) => sentTo(key, host))),
    }))
  function sentTo(key: Parameters<typeof safe.secret>[0], host: string): string {
    try {
      return safe.secret(key, host)
    } catch (error) {
      return error instanceof Failure ? error.code : 'unexpected'
    }
  }
  return { models, safe, named, labels, everything }
}

export async function failureOf(work: Promise<unknown>): Promise<{ code: string; data: object }> {
  try {
    await work
  } catch (error) {
    if (error instanceof Failure) return { code: error.code, data: error.data }
    throw error
  }
  throw new Error('the call did not fail')
}
