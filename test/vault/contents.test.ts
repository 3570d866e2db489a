import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTrail } from '../../electron/vault/audit.ts'
import { decodeContents, encodeContents, type Contents } from '../../electron/vault/contents.ts'
import { openDraft, type Draft } from '../../electron/vault/draft.ts'
import { notes, type Notes } from './vault-builder.ts'

const keys = { dek: randomBytes(32), vaultId: 'a-vault' }
const deps = { schema: notes.schema, keys, randomBytes, nowMs: 0 }

const empty: Contents<Notes> = {
  metadata: notes.empty(),
  records: new Map(),
  audit: emptyTrail,
  kitConfirmed: false,
  savedAtMs: 0,
}

function changed(contents: Contents<Notes>, change: (draft: Draft<Notes>) => void): Contents<Notes> {
  const { draft, finish } = openDraft(contents, deps)
  change(draft)
  return finish()
}

const seal = (draft: Draft<Notes>, id: number) => {
  draft.sealSecret(`secret ${id}`, { recordId: `record-${id}`, allowedHosts: ['a.example'] })
}

/** Many at once or few, on ids that meet again; `saved` is whether the save that follows takes place. */
const step = fc.record({
  add: fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 5 }),
  addFrom: fc.option(fc.record({ from: fc.integer({ min: 0, max: 700 }), count: fc.constantFrom(150, 300) })),
  remove: fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 5 }),
  isSaved: fc.boolean(),
})

describe('the contents of a vault', () => {
  it('are encoded whole, whatever was saved before them and however they came from it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let contents = empty
        encodeContents(contents)
        for (const { add, addFrom, remove, isSaved } of steps) {
          contents = changed(contents, (draft) => {
            for (let nth = 0; nth < (addFrom?.count ?? 0); nth += 1) seal(draft, (addFrom?.from ?? 0) + nth)
            for (const id of add) seal(draft, id)
            for (const id of remove) draft.removeSecret(`record-${id}`)
          })
          if (!isSaved) continue
          const decoded = decodeContents(encodeContents(contents), notes.schema)
          expect(decoded?.records).toEqual(contents.records)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('are encoded the same twice', () => {
    const contents = changed(empty, (draft) => seal(draft, 1))
    expect(encodeContents(contents)).toEqual(encodeContents(contents))
  })

  it('of a save that failed leave no trace in the next', () => {
    const base = changed(empty, (draft) => [1, 2, 3].forEach((id) => seal(draft, id)))
    encodeContents(base)
    encodeContents(changed(base, (draft) => draft.removeSecret('record-2')))
    const next = changed(base, (draft) => seal(draft, 4))
    expect([...(decodeContents(encodeContents(next), notes.schema)?.records.keys() ?? [])].sort()).toEqual(
      [...next.records.keys()].sort(),
    )
  })
})
