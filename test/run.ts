import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { build } from '../electron/launch/build.ts'
import { electronBinary } from '../electron/launch/electron-program.ts'
import { readPlaywrightCounts, readVitestCounts, type Counts } from './gate/counts.ts'
import { runParts, verdict, type Part, type PartResult } from './gate/part.ts'
import { aptGet, prerequisites, providePrerequisites } from './gate/prerequisites.ts'
import { runCommand } from './gate/run-command.ts'
import { chromiumPath } from './support/chromium.ts'

/** `npm test`: everything that is checked, in order, and one line at the end that says how it went. */
const root = join(import.meta.dirname, '..')
const reports = mkdtempSync(join(tmpdir(), 'keywheel-reports-'))
const desk = { say: (text: string) => console.log(text), nowMs: () => performance.now() }

const tool = (name: string, args: readonly string[], env: Record<string, string> = {}) =>
  runCommand(join(root, 'node_modules', '.bin', name), args, { cwd: root, env })

const part = (name: string, run: () => Promise<PartResult>): Part => ({ name, run })

async function allOf(commands: readonly (() => ReturnType<typeof tool>)[]): Promise<PartResult> {
  const results = []
  for (const command of commands) results.push(await command())
  const failures = results.filter(({ exitCode }) => exitCode !== 0)
  return { ok: failures.length === 0, output: failures.map(({ output }) => output).join('\n') }
}

/** A run that ended well without saying how many tests it ran has not been seen to pass. */
async function tested(result: ReturnType<typeof tool>, read: () => Promise<Counts | null>): Promise<PartResult> {
  const { exitCode, output } = await result
  const tests = await read()
  if (!tests) return { ok: false, output: `${output}\nNo test report was written.` }
  return { ok: exitCode === 0 && tests.failed === 0 && tests.passed > 0, output, tests }
}

async function buildAll(): Promise<PartResult> {
  const outcome = await build(root)
  if (outcome.kind === 'failed') return { ok: false, output: outcome.output }
  return allOf([
    () => tool('tsc', ['-p', 'electron/tsconfig.library.json']),
    () => runCommand(process.execPath, ['--input-type=module', '--eval', importEntries], { cwd: root }),
  ])
}

/** Each entry of the library, under the name that another program knows it by. */
const importEntries = `
  import manifest from './package.json' with { type: 'json' }
  for (const entry of Object.keys(manifest.exports)) await import(manifest.name + entry.slice(1))`

async function unit(): Promise<PartResult> {
  const report = join(reports, 'unit.json')
  const args = ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  return tested(tool('vitest', args, { NO_COLOR: '1' }), () => readVitestCounts(report))
}

async function endToEnd(): Promise<PartResult> {
  const report = join(reports, 'end-to-end.json')
  const args = ['test', '-c', 'test/e2e/playwright.config.ts', '--reporter=dot,json']
  const result = tool('playwright', args, { PLAYWRIGHT_JSON_OUTPUT_FILE: report, NO_COLOR: '1' })
  return tested(result, () => readPlaywrightCounts(report))
}

async function prepare(): Promise<PartResult> {
  const needed = await providePrerequisites(prerequisites(chromiumPath), {
    isRoot: process.getuid?.() === 0,
    say: desk.say,
    apt: aptGet,
  })
  return { ok: needed === null, output: needed ?? '' }
}

const parts = [
  part('prepare', prepare),
  part('format', () => allOf([() => tool('oxfmt', ['--check', '.'])])),
  part('lint', () => allOf([() => tool('oxlint', ['--type-aware'])])),
  part('types', () => allOf(['.', 'electron', 'renderer'].map((project) => () => tool('tsc', ['-p', project])))),
  part('build', buildAll),
  part('unit', unit),
  part('end-to-end', endToEnd),
]

const wanted = process.argv.slice(2)
const chosen = wanted.length === 0 ? parts : parts.filter(({ name }) => wanted.includes(name))
const desktop = { platform: process.platform, env: process.env }
if (!existsSync(electronBinary(root, desktop))) {
  desk.say(
    'Electron: no binary here, so the end-to-end tests use the browser host and the stand-in, not Electron itself.',
  )
}
const tally = await runParts(chosen, desk)
rmSync(reports, { recursive: true, force: true })
desk.say(verdict(tally))
process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1
