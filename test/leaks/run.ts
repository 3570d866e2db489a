import { join } from 'node:path'
import process from 'node:process'
import { spawn } from 'node:child_process'
import { buildWhenStale } from '../../electron/launch/build.ts'

/** `npm run test:leaks`: the search for left-behind secrets in full, in both hosts. */
const root = join(import.meta.dirname, '..', '..')
const built = await buildWhenStale(root, () => console.log('Building Keywheel.'))
if (built.kind === 'failed') {
  console.error(built.output)
  process.exit(1)
}
const args = ['test', '-c', 'test/e2e/playwright.config.ts', '--reporter=list', 'leaks']
const run = spawn(join(root, 'node_modules', '.bin', 'playwright'), args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, KEYWHEEL_LEAKS: 'whole' },
})
run.once('close', (code) => (process.exitCode = code ?? 1))
