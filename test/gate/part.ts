import { noTests, type Counts } from './counts.ts'

/** One step of `npm test`. It counts as one, passed or failed, beside the tests that it ran. */
export interface Part {
  readonly name: string
  run(): Promise<PartResult>
}

export interface PartResult {
  readonly ok: boolean
  /** Shown when it failed. */
  readonly output: string
  readonly tests?: Counts
}

export interface Tally {
  readonly passed: number
  readonly failed: number
}

export interface Desk {
  say(text: string): void
  nowMs(): number
}

/** Runs every part, also after one has failed, so that one run shows all that is wrong. */
export async function runParts(parts: readonly Part[], desk: Desk): Promise<Tally> {
  let tally: Tally = { passed: 0, failed: 0 }
  for (const part of parts) {
    const startedAtMs = desk.nowMs()
    const result = await part.run()
    tally = add(tally, result)
    if (!result.ok) desk.say(`\n${result.output.trimEnd()}\n`)
    desk.say(describe(part.name, result, desk.nowMs() - startedAtMs))
  }
  return tally
}

function add(tally: Tally, { ok, tests = noTests }: PartResult): Tally {
  return { passed: tally.passed + tests.passed + (ok ? 1 : 0), failed: tally.failed + tests.failed + (ok ? 0 : 1) }
}

function describe(name: string, { ok, tests }: PartResult, tookMs: number): string {
  const skipped = tests && tests.skipped > 0 ? `, ${tests.skipped} skipped` : ''
  const counts = tests ? `  ${tests.passed} passed, ${tests.failed} failed${skipped}` : ''
  return `${ok ? '✓' : '✗'} ${name.padEnd(12)} ${(tookMs / 1000).toFixed(1).padStart(7)} s${counts}`
}

/** The last line of every run, and nothing comes after it. */
export const verdict = ({ passed, failed }: Tally): string => `${passed} passed, ${failed} failed`
