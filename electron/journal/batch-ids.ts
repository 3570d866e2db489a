import type { DatabaseSync } from 'node:sqlite'
import type { Usage } from '../../shared/request.ts'
import { isRehearsed } from '../../shared/rehearsal-terms.ts'
import type { BatchTables } from './batch.ts'
import { kindCodes } from './codes.ts'
import { createDictionary } from './dictionary.ts'
import { createNames } from './names.ts'
import { createPriceOf, type Prices } from './prices.ts'
import { standingText } from './standing-text.ts'

/** What the places of a batch are called in the file: looked up once a batch, and not once a row. */
export interface BatchIds {
  models: readonly number[]
  clients: readonly { id: number; isRehearsal: boolean }[]
  keys: readonly { id: number; keyId: string }[]
  outcomes: readonly { id: number; kind: number }[]
  /** Null where no key was out. */
  standings: readonly (number | null)[]
  failures: readonly { code: string; text: string }[]
  headerNames: readonly number[]
  costMicros: (model: number, usage: Usage, atMs: number) => number | null
}

export function createBatchIds(db: DatabaseSync, prices: Prices) {
  const names = createNames(db)
  const outcomes = createDictionary(db, 'outcomes')
  const standings = createDictionary(db, 'standings')
  const headerNames = createDictionary(db, 'header_names')
  const dictionaries = [outcomes, standings, headerNames]

  return {
    names,
    /** `lastRow` is the newest row that may use them. */
    of(tables: BatchTables, lastRow: number): BatchIds {
      const keyNamer = (model: number) => (keyId: string, label: string) =>
        names.key(tables.models[model]!.id, keyId, label)
      const standingOf = (standing: BatchTables['standings'][number]) => {
        const text = standingText(standing, keyNamer(standing.model))
        return text === null ? null : standings.idOf(text, lastRow)
      }
      return {
        models: tables.models.map(({ id, name }) => names.model(id, name ?? undefined)),
        clients: tables.clients.map((client) => ({ id: names.client(client), isRehearsal: isRehearsed({ client }) })),
        keys: tables.keys.map(({ model, id, label }) => ({ id: keyNamer(model)(id, label), keyId: id })),
        outcomes: tables.outcomes.map((outcome) => ({
          id: outcomes.idOf(JSON.stringify(outcome), lastRow),
          kind: kindCodes.codeOf(outcome.kind),
        })),
        standings: tables.standings.map(standingOf),
        failures: tables.failures.map((failure) => ({ code: failure.code, text: JSON.stringify(failure) })),
        headerNames: tables.headerNames.map((text) => headerNames.idOf(text, lastRow)),
        costMicros: createPriceOf(
          prices,
          tables.models.map(({ price }) => price),
        ),
      }
    },
    prune(oldestRow: number): void {
      for (const dictionary of dictionaries) dictionary.prune(oldestRow)
    },
    forget(): void {
      names.forget()
      for (const dictionary of dictionaries) dictionary.forget()
    },
  }
}
