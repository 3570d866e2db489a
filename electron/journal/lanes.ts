import type { DatabaseSync } from 'node:sqlite'
import type { AttemptHistory, AttemptsQuery, JournalSubjects, LaneHistory, LanesQuery } from '../../shared/activity.ts'
import { KeyId, ModelId } from '../../shared/identity.ts'
import { KeyState } from '../../shared/key.ts'
import { rehearsalClient } from '../../shared/rehearsal-terms.ts'
import type { RequestView } from '../../shared/request.ts'
import { kindCodes } from './codes.ts'
import { DamagedJournal } from './damaged-journal.ts'
import { entryColumns, entryJoins, parseJson, type Entries } from './entries.ts'
import type { Pages } from './pages.ts'
import { minuteMs, secondMs, stepsSince } from './sums.ts'

const mostStates = 2_000
type Lane = LaneHistory['keys'][number]

/** The lanes of a model's keys, as far back as sums go; and single attempts, as far back as they are kept. */
export function createLanes(db: DatabaseSync, entries: Entries, pages: Pages, wallMs: () => number) {
  const counts = db.prepare(
    `SELECT key, CAST((at - ?2) / ?5 AS INTEGER) AS bucket, kind, sum(n) AS n FROM attempt_sums
     WHERE step = ?1 AND at >= ?2 AND at < ?4 AND model IN (SELECT id FROM names WHERE kind = 'model' AND ref = ?3)
     GROUP BY key, bucket, kind ORDER BY bucket, kind`,
  )
  const keys = db.prepare("SELECT id, ref, label FROM names WHERE kind = 'key' AND owner = ? ORDER BY id")
  const states = db.prepare(
    `SELECT at, state FROM key_states WHERE key = ?1 AND at < ?3
       AND at >= coalesce((SELECT max(at) FROM key_states WHERE key = ?1 AND at <= ?2), 0)
     ORDER BY at, id LIMIT ${mostStates}`,
  )
  const began = db.prepare(
    `SELECT ${entryColumns} FROM requests r ${entryJoins}
     WHERE r.id BETWEEN ?1 AND ?2 AND +r.started_at >= ?3 AND +r.started_at < ?4 AND m.ref = ?5
       AND c.label <> '${rehearsalClient}' ORDER BY r.id LIMIT ?6`,
  )

  /** By the names a key has had; the newest label stands for it. */
  function lanesOf(modelId: string) {
    const byName = new Map<number, Lane>()
    const byKey = new Map<string, Lane>()
    for (const row of keys.all(modelId)) {
      const keyId = KeyId.parse(row['ref'])
      const lane = byKey.get(keyId) ?? { keyId, label: '', counts: [], states: [] }
      lane.label = String(row['label'])
      byKey.set(keyId, lane)
      byName.set(Number(row['id']), lane)
    }
    return { byName, lanes: [...byKey.values()] }
  }

  return {
    lanes({ modelId, fromMs, toMs, buckets }: LanesQuery): LaneHistory {
      const wantedMs = (toMs - fromMs) / buckets
      const step = wantedMs < minuteMs && stepsSince(fromMs, wallMs()).includes(secondMs) ? secondMs : minuteMs
      const stepMs = Math.max(1, Math.ceil(wantedMs / step)) * step
      const from = Math.floor(fromMs / stepMs) * stepMs
      const { byName, lanes } = lanesOf(modelId)
      for (const row of counts.all(step, from, modelId, toMs, stepMs)) {
        const kind = kindCodes.nameOf(row['kind'])
        if (kind) byName.get(Number(row['key']))?.counts.push([Number(row['bucket']), kind, Number(row['n'])])
      }
      for (const [name, lane] of byName) {
        for (const row of states.all(name, fromMs, toMs)) lane.states.push(stateOf(row))
      }
      for (const lane of lanes) {
        lane.states.sort((a, b) => a.atMs - b.atMs)
        lane.counts.sort(([a], [b]) => a - b)
      }
      return {
        fromMs: from,
        stepMs,
        keys: lanes.filter(({ counts, states }) => counts.length > 0 || states.length > 0),
      }
    },
    attempts({ modelId, fromMs, toMs, limit }: AttemptsQuery): AttemptHistory {
      const bounds = pages.boundsOf({ ...everything, fromMs, toMs })
      if (!bounds) return { requests: [], cut: false }
      const requests: RequestView[] = []
      let attempts = 0
      for (const row of began.iterate(bounds.oldest, bounds.newest, fromMs, toMs, modelId, limit)) {
        const entry = entries.entryOf(row)
        attempts += Math.max(1, entry.attempts.length)
        if (attempts > limit) return { requests, cut: true }
        requests.push(entry)
      }
      return { requests, cut: false }
    },
    subjects(): JournalSubjects {
      const rows = db.prepare('SELECT kind, owner, ref, label FROM names ORDER BY id').all()
      const of = (kind: string) => {
        // A later label takes the place of an earlier one.
        const named = rows.filter((row) => row['kind'] === kind).map((row) => [String(row['ref']), row] as const)
        return [...new Map(named).values()]
      }
      return {
        models: of('model').map((row) => ({ modelId: ModelId.parse(row['ref']), name: String(row['label']) })),
        keys: of('key').map((row) => ({
          modelId: ModelId.parse(row['owner']),
          keyId: KeyId.parse(row['ref']),
          label: String(row['label']),
        })),
        clients: of('client').map((row) => String(row['label'])),
      }
    },
  }
}

const everything = { modelId: null, keyId: null, client: null, result: null, outcome: null, text: '' }

function stateOf(row: Record<string, unknown>): Lane['states'][number] {
  const state = KeyState.safeParse(parseJson(row['state']))
  if (!state.success) throw new DamagedJournal()
  return { atMs: Number(row['at']), state: state.data }
}
