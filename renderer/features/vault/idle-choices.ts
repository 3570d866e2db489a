const usual = [1, 5, 15, 30, 60, 240, 0]

/** The minutes to choose from, longest last and never at the end, with the one in use among them. */
export function idleChoices(current: number): number[] {
  if (usual.includes(current)) return usual
  const minutes = [...usual.slice(0, -1), current].toSorted((a, b) => a - b)
  return [...minutes, 0]
}
