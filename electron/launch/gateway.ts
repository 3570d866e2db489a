import { join } from 'node:path'
import process from 'node:process'
import { startFailureCode } from '../host/error-code.ts'
import { become } from './become.ts'
import { buildWhenStale } from './build.ts'

const root = join(import.meta.dirname, '..', '..')

/** `npm run gateway`: the application without a window. What is not its result goes beside the output. */
async function start(): Promise<number> {
  const outcome = await buildWhenStale(root, () => console.error('Building Keywheel.'))
  if (outcome.kind !== 'failed') return become(root, 'gateway.js', process.argv.slice(2))
  console.error(`${outcome.output}\nKeywheel could not be built (see above).`)
  return 1
}

process.exitCode = await start().catch((error: unknown) => {
  console.error(`Keywheel could not start (${startFailureCode(error)}).`)
  return 1
})
