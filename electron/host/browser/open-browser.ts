import { spawn } from 'node:child_process'
import type { Machine } from '../data-folder.ts'

/** The command that shows an address in this machine's browser, or null when there is nobody to see it. */
export function browserCommand({ platform, env }: Pick<Machine, 'platform' | 'env'>): readonly string[] | null {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? ['xdg-open'] : null
}

/** Opens the address; the link was printed as well, so a browser that does not start is no failure. */
export function openBrowser(address: string, machine: Pick<Machine, 'platform' | 'env'>): void {
  const [program, ...args] = browserCommand(machine) ?? []
  if (program === undefined) return
  const child = spawn(program, [...args, address], { detached: true, stdio: 'ignore', env: { ...machine.env } })
  child.on('error', () => undefined)
  child.unref()
}
