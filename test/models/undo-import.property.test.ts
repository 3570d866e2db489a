import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { allMoves, fromFile, someModels } from './file-models.ts'

const numbers = fc.uniqueArray(fc.nat(6), { maxLength: 5 })
const host = fc.constantFrom('https://a.example/v1', 'https://b.example/v1')
const file = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a', 'b', 'c'),
    numbers,
    apiBase: host,
    mode: fc.constantFrom('merge' as const, 'replace' as const),
    temperature: fc.constantFrom(null, 0, 1),
    provider: fc.constantFrom(null, 'openai'),
    extra: fc.constantFrom({}, { note: 'x' }),
  }),
  { selector: ({ name }) => name, maxLength: 3 },
)
const touch = fc.record({ weight: fc.nat(9), paused: fc.boolean(), toIndex: fc.nat(4), aliases: fc.boolean() })

it('whatever was there, and whatever a file brings: undone, everything is as it was, to the host of each key', async () => {
  await fc.assert(
    fc.asyncProperty(file, touch, file, async (first, { weight, paused, toIndex, aliases }, second) => {
      const { models, everything } = someModels()
      const incoming = (entries: typeof first) =>
        entries.map(({ name, numbers, ...about }) => fromFile(name, numbers, about))
      await models.takeOver(incoming(first), allMoves)
      for (const { model } of models.list()) {
        const [key] = model.keys
        if (aliases) await models.edit(model.id, { aliases: [`${model.name}-2`] }, false)
        if (key === undefined) continue
        await models.editKey(model.id, key.id, { weight })
        await models.setPaused(model.id, [key.id], paused)
        await models.moveKey(model.id, key.id, toIndex)
      }
      const [before, bin] = [everything(), models.bin()]
      await models.takeOver(incoming(second), allMoves)
      await models.undoImport()
      expect(everything()).toEqual(before)
      expect(models.bin()).toEqual(bin)
    }),
    { numRuns: 300 },
  )
})
