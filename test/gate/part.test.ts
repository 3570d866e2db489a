import { describe, expect, it } from 'vitest'
import { runParts, verdict, type Part, type PartResult } from './part.ts'

const part = (name: string, result: PartResult): Part => ({ name, run: () => Promise.resolve(result) })
const tests = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped })

async function run(...parts: Part[]) {
  const said: string[] = []
  let nowMs = 0
  const tally = await runParts(parts, { say: (text) => said.push(text), nowMs: () => (nowMs += 1_500) })
  return { said, line: verdict(tally) }
}

describe('A run of the checks', () => {
  it('counts each part as one, and each test in it', async () => {
    const { line } = await run(
      part('format', { ok: true, output: '' }),
      part('unit', { ok: true, output: '', tests: tests(40, 0, 2) }),
    )
    expect(line).toBe('42 passed, 0 failed')
  })

  it('goes on after a part that failed, so that one run shows everything', async () => {
    const { line, said } = await run(
      part('lint', { ok: false, output: 'file.ts: unused\n' }),
      part('unit', { ok: false, output: 'one test failed', tests: tests(39, 1) }),
      part('build', { ok: true, output: 'not shown' }),
    )
    expect(line).toBe('40 passed, 3 failed')
    expect(said.join('\n')).toContain('file.ts: unused')
    expect(said.join('\n')).not.toContain('not shown')
  })

  it('tells the time of each part', async () => {
    const { said } = await run(part('unit', { ok: true, output: '', tests: tests(40, 0, 2) }))
    expect(said).toEqual(['✓ unit             1.5 s  40 passed, 0 failed, 2 skipped'])
  })
})
