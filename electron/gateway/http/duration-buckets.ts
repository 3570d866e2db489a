/** How long requests took, counted in buckets by model and written as Prometheus reads a histogram. */
export interface DurationBuckets {
  add: (seconds: number) => void
}

interface Counts extends DurationBuckets {
  /** One for each bound, and one for what is beyond the last; not added up. */
  readonly buckets: readonly number[]
  readonly sum: number
}

/** From an answer out of a cache to a long one of a reasoning model. */
const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

/** prom-client's own looks for its labels again with every value: that costs more than all other figures of a request. */
export function createDurations(name: string, help: string) {
  const byModel = new Map<string, Counts>()

  function linesOf(model: string, { buckets, sum }: Counts): string[] {
    const label = `model="${escaped(model)}"`
    let count = 0
    const lines = buckets.map((times, index) => {
      count += times
      return `${name}_bucket{le="${bounds[index] ?? '+Inf'}",${label}} ${count}`
    })
    return [...lines, `${name}_sum{${label}} ${sum}`, `${name}_count{${label}} ${count}`]
  }

  return {
    of(model: string): DurationBuckets {
      const known = byModel.get(model)
      if (known) return known
      const made = createCounts()
      byModel.set(model, made)
      return made
    },
    text: (): string => {
      const used = [...byModel].filter(([, { buckets }]) => buckets.some((times) => times > 0))
      const lines = used.flatMap(([model, counts]) => linesOf(model, counts))
      return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines, ''].join('\n')
    },
  }
}

function createCounts(): Counts {
  const buckets = Array.from({ length: bounds.length + 1 }, () => 0)
  let sum = 0
  return {
    buckets,
    get sum() {
      return sum
    },
    add(seconds) {
      let index = 0
      while (index < bounds.length && seconds > bounds[index]!) index += 1
      buckets[index]! += 1
      sum += seconds
    },
  }
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')
