import { spawn } from 'node:child_process'

export interface CommandResult {
  readonly exitCode: number
  readonly output: string
}

/** Runs a program without input and keeps what it says. One that cannot be started counts as failed. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string> } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => (output += part))
    }
    child.on('error', () => resolve({ exitCode: 127, output: `${program} could not be started.\n` }))
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output }))
  })
}
