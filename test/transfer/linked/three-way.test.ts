import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differences, resolve, type Sides, type SyncModel } from '../../../electron/transfer/linked/three-way.ts'
import type { LinkedChoice } from '../../../shared/linked-file.ts'

const lastFour = (mark: string) => mark
const model = (change: Partial<SyncModel> = {}): SyncModel => ({
  name: 'glm-4.7',
  provider: 'openai',
  apiBase: 'https://x.test/v1',
  temperature: 1,
  keys: ['k1', 'k2'],
  ...change,
})
const rowsOf = (base: SyncModel[], vault: SyncModel[], file: SyncModel[]) =>
  differences({ base, vault, file }, lastFour).map(({ part, changed, advised }) => ({ part, changed, advised }))

describe('who changed what', () => {
  it.each([
    ['only the file', model(), model({ temperature: 0 }), { part: 'temperature', changed: 'file', advised: 'file' }],
    ['only the vault', model({ temperature: 0 }), model(), { part: 'temperature', changed: 'vault', advised: 'vault' }],
    ['both', model({ provider: null }), model({ provider: 'x' }), { part: 'provider', changed: 'both', advised: null }],
    [
      'a key in the file',
      model(),
      model({ keys: ['k1', 'k2', 'k3'] }),
      { part: 'keys', changed: 'file', advised: 'file' },
    ],
    ['no key in the file', model(), model({ keys: ['k1'] }), { part: 'keys', changed: 'file', advised: null }],
    [
      'a key in the vault',
      model({ keys: ['k1', 'k2', 'k3'] }),
      model(),
      { part: 'keys', changed: 'vault', advised: 'vault' },
    ],
    [
      'keys on both',
      model({ keys: ['k1'] }),
      model({ keys: ['k2'] }),
      { part: 'keys', changed: 'both', advised: null },
    ],
  ] as const)('is told when it is %s', (_what, vault, file, row) => {
    expect(rowsOf([model()], [vault], [file])).toEqual([row])
  })

  it('is told of a model that came or went, and no removal is advised', () => {
    expect(rowsOf([], [], [model()])).toEqual([{ part: 'model', changed: 'file', advised: 'file' }])
    expect(rowsOf([model()], [], [model()])).toEqual([{ part: 'model', changed: 'vault', advised: null }])
    expect(rowsOf([model()], [model()], [])).toEqual([{ part: 'model', changed: 'file', advised: null }])
    expect(rowsOf([model()], [model({ temperature: 0 })], [])).toEqual([
      { part: 'model', changed: 'both', advised: null },
    ])
  })

  it('is a conflict where both sides never agreed', () => {
    expect(rowsOf([], [model()], [model({ temperature: 0 })])).toEqual([
      { part: 'temperature', changed: 'both', advised: null },
    ])
  })

  it('leaves alone what an entry through the gateway has of the gateway, and models the file never named', () => {
    const through = model({
      apiBase: 'http://127.0.0.1:4141/v1',
      keys: ['token'],
      provider: 'openai',
      throughGateway: true,
    })
    expect(rowsOf([], [model({ provider: null }), model({ name: 'other' })], [through])).toEqual([])
    expect(rowsOf([], [], [through])).toEqual([])
  })
})

const anyModel = (name: string): fc.Arbitrary<SyncModel> =>
  fc.record({
    name: fc.constant(name),
    provider: fc.constantFrom(null, 'openai'),
    apiBase: fc.constantFrom('https://x.test/v1', 'https://y.test/v1'),
    temperature: fc.constantFrom(null, 0, 1),
    keys: fc.subarray(['k1', 'k2', 'k3']),
  })
const anySide = fc
  .tuple(fc.option(anyModel('a')), fc.option(anyModel('b')))
  .map((models) => models.filter((one): one is SyncModel => one !== null))
const anySides: fc.Arbitrary<Sides> = fc.record({ base: anySide, vault: anySide, file: anySide })
const anyTake = fc.constantFrom<LinkedChoice['take'][]>('vault', 'file', 'both')

const named = (models: readonly SyncModel[]) =>
  models.map((one) => ({ ...one, keys: one.keys.toSorted() })).toSorted((x, y) => (x.name < y.name ? -1 : 1))
const inScope = (sides: Sides) => {
  const names = [...sides.file, ...sides.base].map(({ name }) => name)
  return named(sides.vault).filter(({ name }) => names.includes(name))
}

describe('what was chosen', () => {
  it('leaves no difference where every row was, whatever the choices', () => {
    fc.assert(
      fc.property(anySides, fc.infiniteStream(anyTake), (sides, takes) => {
        const rows = differences(sides, lastFour)
        const choices = rows.map(({ id }) => ({ row: id, take: takes.next().value ?? 'vault' }))
        const after = resolve(sides, choices)
        expect(differences(after, lastFour)).toEqual([])
        expect(inScope(after)).toEqual(named(after.file))
      }),
    )
  })

  it('is the vault, or the file, as a whole when that side is chosen for every row', () => {
    fc.assert(
      fc.property(anySides, (sides) => {
        const all = (take: LinkedChoice['take']) => differences(sides, lastFour).map(({ id }) => ({ row: id, take }))
        expect(
          named(resolve(sides, all('file')).vault).filter(
            ({ name }) =>
              inScope(sides).some((one) => one.name === name) || sides.file.some((one) => one.name === name),
          ),
        ).toEqual(named(sides.file))
        expect(named(resolve(sides, all('vault')).file)).toEqual(inScope(sides))
      }),
    )
  })

  it('changes neither side where nothing was, and shows the same rows again', () => {
    fc.assert(
      fc.property(anySides, (sides) => {
        const after = resolve(sides, [])
        expect(named(after.vault)).toEqual(named(sides.vault))
        expect(named(after.file)).toEqual(named(sides.file))
        const rows = differences(after, lastFour).map(({ id, changed }) => ({ id, changed }))
        expect(rows).toEqual(differences(sides, lastFour).map(({ id, changed }) => ({ id, changed })))
      }),
    )
  })
})
