import type { PreviewLine } from '../../../shared/export.ts'
import { lineChanges, type LineChange } from './line-changes.ts'
import type { ShownText } from './masked-lines.ts'

export interface ShowHow {
  /** With every line, also the ones that stay. */
  readonly isWhole: boolean
  readonly isRevealed: boolean
}

/** Lines that stay are shown next to a change only. */
const context = 3

export function previewLines(before: ShownText, after: ShownText, how: ShowHow): PreviewLine[] {
  const changes = lineChanges(before.lines, after.lines)
  const shown = how.isWhole ? null : nearChanges(changes)
  const lines: PreviewLine[] = []
  for (const [index, change] of changes.entries()) {
    if (shown !== null && !shown.has(index)) fold(lines)
    else lines.push(lineOf(change))
  }
  return lines

  function lineOf(change: LineChange): PreviewLine {
    if (change.kind === 'removed') {
      return { kind: 'removed', line: change.before + 1, parts: before.parts(change.before, how.isRevealed) }
    }
    return { kind: change.kind, line: change.after + 1, parts: after.parts(change.after, how.isRevealed) }
  }
}

function nearChanges(changes: readonly LineChange[]): Set<number> {
  const near = new Set<number>()
  for (const [index, { kind }] of changes.entries()) {
    if (kind === 'same') continue
    for (let at = index - context; at <= index + context; at += 1) near.add(at)
  }
  return near
}

function fold(lines: PreviewLine[]): void {
  const last = lines.at(-1)
  if (last?.kind === 'folded') last.count += 1
  else lines.push({ kind: 'folded', count: 1 })
}
