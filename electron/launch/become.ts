import { join } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

/**
 * The program runs until it ends by itself, and sets the exit code itself. Where the system can, it takes this process
 * over: what the launcher has loaded, TypeScript's stripper above all, would else stay in memory for as long as it runs.
 */
export async function become(root: string, name: 'browser.js' | 'gateway.js', args: readonly string[]) {
  const program = join(root, 'dist', 'main', name)
  if (process.platform !== 'win32')
    process.execve?.(process.execPath, [process.execPath, program, ...args], process.env)
  process.argv = [process.execPath, program, ...args]
  await import(pathToFileURL(program).href)
  return Number(process.exitCode ?? 0)
}
