// A set of records never changes once it is saved, so a save encodes only the groups of which a record has changed.
import type { SealedRecord } from './record.ts'

type Records = ReadonlyMap<string, SealedRecord>

interface Group {
  readonly names: readonly string[]
  /** The records of these names as the inside of a JSON array. */
  readonly json: Buffer
}

const groupSize = 200

const groupsOf = new WeakMap<Records, readonly Group[]>()
const changes = new WeakMap<Records, { base: Records; touched: ReadonlySet<string> }>()

/** Notes that a set of records is another one in which these have been added, replaced or removed. */
export function noteChange(records: Records, base: Records, touched: ReadonlySet<string>): void {
  changes.set(records, { base, touched })
}

/** The records as JSON, in pieces to be joined by commas. */
export function encodedRecords(records: Records): readonly Buffer[] {
  const groups = groupsOf.get(records) ?? grouped(records)
  groupsOf.set(records, groups)
  // Else every set would keep the one before it in memory.
  changes.delete(records)
  return groups.map(({ json }) => json)
}

function grouped(records: Records): readonly Group[] {
  const change = changes.get(records)
  const before = change && groupsOf.get(change.base)
  return change && before
    ? regrouped(records, change.base, before, change.touched)
    : encode(records, [...records.keys()])
}

function regrouped(
  records: Records,
  base: Records,
  before: readonly Group[],
  touched: ReadonlySet<string>,
): readonly Group[] {
  const kept = before.filter((group) => !group.names.some((name) => touched.has(name)))
  const changed = before.filter((group) => group.names.some((name) => touched.has(name)))
  // The last group is taken in as long as it is small, so that keys added one by one do not make a group each.
  const open = (kept.at(-1)?.names.length ?? groupSize) < groupSize ? kept.splice(-1) : []
  const names = [...changed, ...open].flatMap((group) => group.names).filter((name) => records.has(name))
  const added = [...touched].filter((name) => records.has(name) && !base.has(name))
  return [...kept, ...encode(records, [...names, ...added])]
}

function encode(records: Records, names: readonly string[]): Group[] {
  const groups: Group[] = []
  for (let at = 0; at < names.length; at += groupSize) {
    const ofGroup = names.slice(at, at + groupSize)
    const json = JSON.stringify(ofGroup.map((name) => records.get(name)))
    groups.push({ names: ofGroup, json: Buffer.from(json.slice(1, -1)) })
  }
  return groups
}
