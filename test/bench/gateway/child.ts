import { fork, type ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A part of the bench in a process of its own, asked over a channel, so that no part's work is another's waiting. */
export interface Child {
  readonly pid: number
  ask<T>(name: string, input?: unknown): Promise<T>
  stop(): Promise<void>
}

interface Reply {
  id: number
  value?: unknown
  error?: string
}

/** Starts a file of this folder. */
export function startChild(file: string, args: readonly string[] = [], execArgv: readonly string[] = []): Child {
  const child = fork(join(import.meta.dirname, file), args, { execArgv: [...execArgv], stdio: 'inherit' })
  const asked = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let next = 0
  child.on('message', ({ id, value, error }: Reply) => {
    const waiting = asked.get(id)
    asked.delete(id)
    if (error === undefined) waiting?.resolve(value as never)
    else waiting?.reject(new Error(`${file}: ${error}`))
  })
  child.once('exit', (code) => {
    for (const { reject } of asked.values()) reject(new Error(`${file} ended with code ${code}`))
  })
  return {
    pid: child.pid ?? 0,
    ask: (name, input) =>
      new Promise((resolve, reject) => {
        const id = (next += 1)
        asked.set(id, { resolve, reject })
        child.send({ id, name, input })
      }),
    stop: () => stopped(child),
  }
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** The other side: answers what the parent asks. */
export function answerParent(answers: Readonly<Record<string, (input: never) => unknown>>): void {
  process.on('message', ({ id, name, input }: { id: number; name: string; input: unknown }) => {
    const answer = async () => answers[name]?.(input as never)
    answer().then(
      (value) => process.send?.({ id, value }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    )
  })
  process.once('SIGTERM', () => process.exit(0))
  process.once('disconnect', () => process.exit(0))
}

/** Milliseconds of processor time that a process has used, all its threads or its main one; the kernel counts exactly. */
export function cpuMs(pid: number, threads: 'all' | 'main' = 'all'): number {
  const tasks = threads === 'main' ? [String(pid)] : readdirSync(`/proc/${pid}/task`)
  const nanoseconds = (task: string) =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0])
  return tasks.reduce((sum, task) => sum + nanoseconds(task), 0) / 1e6
}

export function residentMegabytes(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}
