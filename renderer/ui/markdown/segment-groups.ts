import type { Segment } from './segments.ts'

/** What is drawn in one frame where there is much: so many segments, or so many characters. */
const segmentsOfGroup = 16
const charactersOfGroup = 6_000

export function segmentGroups(segments: readonly Segment[]): Segment[][] {
  const groups: Segment[][] = []
  let group: Segment[] = []
  let characters = 0
  for (const segment of segments) {
    group.push(segment)
    characters += segment.source.length
    if (group.length < segmentsOfGroup && characters < charactersOfGroup) continue
    groups.push(group)
    group = []
    characters = 0
  }
  return group.length > 0 ? [...groups, group] : groups
}
