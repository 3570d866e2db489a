/** One measured figure: the median of its rounds, with the spread between the fastest and the slowest. */
export interface Figure {
  name: string
  value: number
  unit: string
  goal: string
  ok: boolean
  spread?: number
}
