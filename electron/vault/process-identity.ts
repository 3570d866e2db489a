import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import type { ProcessIdentity, Running } from './instance-lock.ts'
import { errorCode } from './storage-error.ts'

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

/**
 * What runs under a process id: on Linux the boot and the start time in ticks since then (proc(5), field 22 of stat;
 * the name before it may hold spaces and brackets); elsewhere only whether it runs at all.
 */
export async function lookAtProcess(pid: number): Promise<Running | null> {
  if (!isRunning(pid)) return null
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended and only waits for its parent to ask.
    return fields[0] === 'Z' ? null : { started: `${boot.trim()} ${fields[19] ?? ''}` }
  } catch {
    return isRunning(pid) ? { started: null } : null
  }
}

export async function thisProcess(): Promise<ProcessIdentity> {
  const running = await lookAtProcess(process.pid)
  return { pid: process.pid, host: hostname(), started: running?.started ?? null }
}
