/** The recovery kit as it is shown, kept and typed back: eight groups of five signs, of which the fifth checks the other four. */

export const groupsOf = (kit: string): string[] => kit.split('-')

export const groupCount = 8

/** Two different places to ask for, in the order of the paper. `random` is from 0 to below 1. */
export function placesToConfirm(random: () => number): [number, number] {
  const first = Math.floor(random() * groupCount)
  // The other is any number of steps further round, but never all the way.
  const second = (first + 1 + Math.floor(random() * (groupCount - 1))) % groupCount
  return first < second ? [first, second] : [second, first]
}

interface KitPaper {
  title: string
  /** Lines above and below the groups. */
  before: string
  after: string
}

/** The kit as a file of plain text: two lines of four groups, as on the screen. */
export function kitFile(kit: string, { title, before, after }: KitPaper): string {
  const groups = groupsOf(kit)
  const lines = [groups.slice(0, 4), groups.slice(4)].map((line) => `    ${line.join('-')}`)
  return [title, '', before, '', ...lines, '', after, ''].join('\n')
}
