/** One measured number with the goal it is held against. A figure is never a test: it says `short`, and fails nothing. */
export interface Figure {
  readonly name: string
  /** The median where it was measured more than once. */
  readonly value: number
  readonly unit: string
  readonly goal: { readonly atMost: number } | { readonly atLeast: number }
  /** The smallest and the largest of what the value is the median of. */
  readonly spread?: readonly [number, number]
}

/** What a file of this folder exports as `figures`. */
export type Bench = () => AsyncIterable<Figure> | Promise<readonly Figure[]> | readonly Figure[]

export function isMet({ value, goal }: Figure): boolean {
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast
}

/** Name, value, unit, goal, verdict; and the spread at the end, where there is one. */
export function renderFigure(figure: Figure): string {
  const { name, value, unit, goal, spread } = figure
  const limit = 'atMost' in goal ? `≤ ${round(goal.atMost)}` : `≥ ${round(goal.atLeast)}`
  const cells = [name, round(value), unit, limit, isMet(figure) ? 'ok' : 'short']
  return [...cells, ...(spread ? [`${round(spread[0])}–${round(spread[1])}`] : [])].join('\t')
}

/** The figure of several rounds that must not be above its limit. */
export function atMost(name: string, unit: string, limit: number, values: readonly number[]): Figure {
  return { name, value: median(values), unit, goal: { atMost: limit }, spread: spreadOf(values) }
}

/** Four significant digits: more would only look exact. */
const round = (value: number) => String(Number(value.toPrecision(4)))

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
  return (lower + upper) / 2
}

export const spreadOf = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)]

/** Runs each contender once a round, in turn, so that a machine that slows down slows all of them. */
export async function interleaved<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(contenders) as Name[]
  const values = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) values[name].push(await contenders[name]())
  }
  return values
}
