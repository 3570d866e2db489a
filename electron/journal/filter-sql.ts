import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { RequestFilter } from '../../shared/activity.ts'
import { kindCodes, resultCodes } from './codes.ts'

/** A filter as a condition on the request `r`; always true when it asks nothing. */
export interface Condition {
  sql: string
  values: SQLInputValue[]
}

export function conditionOf(db: DatabaseSync, filter: RequestFilter): Condition {
  const parts = [
    ...simpleConditions(filter),
    ...(filter.keyId === null ? [] : [usesKey(filter.keyId)]),
    ...wordsOf(filter.text).map((word) => saysWord(db, word)),
  ]
  return {
    sql: parts.length === 0 ? '1' : parts.map(({ sql }) => `(${sql})`).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  }
}

function simpleConditions({ modelId, client, result, outcome, fromMs, toMs }: RequestFilter): Condition[] {
  const parts: Condition[] = []
  const add = (sql: string, ...values: SQLInputValue[]) => void parts.push({ sql, values })
  if (modelId !== null) add("r.model IN (SELECT id FROM names WHERE kind = 'model' AND ref = ?)", modelId)
  if (client !== null) add("r.client IN (SELECT id FROM names WHERE kind = 'client' AND ref = ?)", client)
  if (result === 'open') add('r.ended_at IS NULL')
  else if (result === 'rotated') add('r.saved = 1')
  else if (result !== null) add('r.result = ?', resultCodes.codeOf(result))
  if (outcome !== null) add('r.kinds & ? <> 0', 1 << kindCodes.codeOf(outcome))
  // The sign keeps SQLite on the order of positions, which the time follows.
  if (fromMs !== null) add('+r.started_at >= ?', fromMs)
  if (toMs !== null) add('+r.started_at < ?', toMs)
  return parts
}

const usesKey = (keyId: string): Condition => ({
  sql: `EXISTS (SELECT 1 FROM attempts a WHERE a.request = r.id
    AND a.key IN (SELECT id FROM names WHERE kind = 'key' AND ref = ?))`,
  values: [keyId],
})

const wordsOf = (text: string) => text.split(/\s+/u).filter((word) => word !== '')

/** Names and outcomes are few beside requests: what says the word is found first, then what refers to it. */
function saysWord(db: DatabaseSync, word: string): Condition {
  const like = `%${word.replace(/[\\%_]/g, String.raw`\$&`)}%`
  const names = idsOf(db, String.raw`SELECT id FROM names WHERE ref LIKE ? ESCAPE '\' OR label LIKE ? ESCAPE '\'`, [
    like,
    like,
  ])
  const outcomes = idsOf(db, String.raw`SELECT id FROM outcomes WHERE text LIKE ? ESCAPE '\'`, [like])
  const sql = [
    String.raw`r.request_id LIKE ? ESCAPE '\'`,
    String.raw`r.failure LIKE ? ESCAPE '\'`,
    ...(names === null ? [] : [`r.model IN (${each}) OR r.client IN (${each})`]),
    ...(names === null ? [] : [`EXISTS (SELECT 1 FROM attempts a WHERE a.request = r.id AND a.key IN (${each}))`]),
    ...(outcomes === null
      ? []
      : [`EXISTS (SELECT 1 FROM attempts a WHERE a.request = r.id AND a.outcome IN (${each}))`]),
  ]
  return {
    sql: sql.join(' OR '),
    values: [like, like, ...(names === null ? [] : [names, names, names]), ...(outcomes === null ? [] : [outcomes])],
  }
}

const each = 'SELECT value FROM json_each(?)'

/** A JSON list of ids, or null when there is none. */
function idsOf(db: DatabaseSync, sql: string, values: SQLInputValue[]): string | null {
  const ids = db
    .prepare(sql)
    .all(...values)
    .map((row) => Number(row['id']))
  return ids.length === 0 ? null : JSON.stringify(ids)
}
