/** What becomes of one line; `before` and `after` count lines from 0. */
export type LineChange =
  | { kind: 'same'; before: number; after: number }
  | { kind: 'removed'; before: number }
  | { kind: 'added'; after: number }

/** Beyond this the middle is shown as taken out and put in as a whole: the table of a finer answer would be too large. */
const maxTableCells = 4_000_000

/** From one list of lines to another: the lines that stay, go and come, in order. */
export function lineChanges(before: readonly string[], after: readonly string[]): LineChange[] {
  let head = 0
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1
  let tail = 0
  const most = Math.min(before.length, after.length) - head
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  const same = (from: number, to: number, offset: number): LineChange[] =>
    Array.from({ length: to - from }, (_, index) => ({
      kind: 'same',
      before: from + index,
      after: from + index + offset,
    }))
  const middle = between(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  return [
    ...same(0, head, 0),
    ...middle.map((change) => moved(change, head)),
    ...same(before.length - tail, before.length, after.length - before.length),
  ]
}

function moved(change: LineChange, by: number): LineChange {
  switch (change.kind) {
    case 'same':
      return { ...change, before: change.before + by, after: change.after + by }
    case 'removed':
      return { ...change, before: change.before + by }
    case 'added':
    default:
      return { ...change, after: change.after + by }
  }
}

/** The longest common subsequence, by the table of the lengths of what is common from each pair of places on. */
function between(before: readonly string[], after: readonly string[]): LineChange[] {
  const isTooLarge = (before.length + 1) * (after.length + 1) > maxTableCells
  const common = isTooLarge ? null : commonLengths(before, after)
  const changes: LineChange[] = []
  let b = 0
  let a = 0
  while (b < before.length || a < after.length) {
    const isCommon = common !== null && b < before.length && a < after.length && before[b] === after[a]
    if (isCommon) changes.push({ kind: 'same', before: b++, after: a++ })
    else if (b < before.length && (a >= after.length || common === null || common(b + 1, a) >= common(b, a + 1)))
      changes.push({ kind: 'removed', before: b++ })
    else changes.push({ kind: 'added', after: a++ })
  }
  return changes
}

function commonLengths(before: readonly string[], after: readonly string[]): (b: number, a: number) => number {
  const width = after.length + 1
  const table = new Uint32Array((before.length + 1) * width)
  const at = (b: number, a: number) => table[b * width + a] ?? 0
  for (let b = before.length - 1; b >= 0; b -= 1) {
    for (let a = after.length - 1; a >= 0; a -= 1) {
      table[b * width + a] = before[b] === after[a] ? at(b + 1, a + 1) + 1 : Math.max(at(b + 1, a), at(b, a + 1))
    }
  }
  return at
}
