import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { FileSystem } from '../../electron/vault/file-system.ts'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import type { LockDeps, LockResult } from '../../electron/vault/instance-lock.ts'
import { acquireLock, heartbeatMs, silenceMs } from '../../electron/vault/instance-lock.ts'
import { lookAtProcess, thisProcess } from '../../electron/vault/process-identity.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const lockFile = (folder: string) => join(folder, 'instance.lock')

/** Processes in a table, and a heart that beats when told to. */
function aMachine(host = 'desk') {
  const machine = {
    running: new Map<number, string>(),
    wall: 1_000_000,
    beats: new Set<() => void>(),
    lost: 0,
    delays: [] as number[],
    whileWaiting: () => undefined as void,
    fs: nodeFileSystem,
    process(pid: number, started = `start of ${pid}`): LockDeps {
      machine.running.set(pid, started)
      return {
        fs: machine.fs,
        self: { pid, host, started },
        look: (other) => {
          const started = machine.running.get(other)
          return Promise.resolve(started === undefined ? null : { started })
        },
        randomBytes,
        wallMs: () => machine.wall,
        schedule: (delayMs, task) => {
          expect(delayMs).toBe(heartbeatMs)
          machine.beats.add(task)
          return () => void machine.beats.delete(task)
        },
        delay: (ms) => {
          machine.delays.push(ms)
          if (ms === silenceMs) machine.whileWaiting()
          return Promise.resolve()
        },
        onLost: () => void (machine.lost += 1),
      }
    },
    async beat() {
      machine.wall += heartbeatMs
      const due = [...machine.beats]
      machine.beats.clear()
      for (const task of due) task()
      // The beat's own file operations are real: it is done when it has scheduled the next one or reported its loss.
      await expect.poll(() => machine.beats.size + machine.lost, { interval: 2 }).toBeGreaterThan(0)
    },
  }
  return machine
}

const taken = async (result: Promise<LockResult>) => {
  const lock = await result
  if (!lock.ok) throw new Error('the lock is held')
  return lock
}

describe('the lock of a data folder', () => {
  it('is held by one process, which the next one is told of', async () => {
    const folder = temporaryFolder()
    const machine = aMachine()
    const first = await taken(acquireLock(folder, machine.process(1)))
    expect(await acquireLock(folder, machine.process(2))).toEqual({ ok: false, holder: { pid: 1, host: 'desk' } })
    await first.release()
    expect((await acquireLock(folder, machine.process(2))).ok).toBe(true)
  })

  it('leaves no file behind when it is released', async () => {
    const folder = temporaryFolder()
    const lock = await taken(acquireLock(folder, aMachine().process(1)))
    await lock.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is taken over from a process that is gone', async () => {
    const folder = temporaryFolder()
    const machine = aMachine()
    await acquireLock(folder, machine.process(1))
    machine.running.delete(1)
    expect((await acquireLock(folder, machine.process(2))).ok).toBe(true)
    expect(readdirSync(folder)).toEqual(['instance.lock'])
  })

  it('is taken over when the process id belongs to another process by now', async () => {
    const folder = temporaryFolder()
    const machine = aMachine()
    await acquireLock(folder, machine.process(1, 'in the morning'))
    machine.running.set(1, 'in the evening')
    expect((await acquireLock(folder, machine.process(2))).ok).toBe(true)
  })

  it('stays with a process that is stopped, however long', async () => {
    const folder = temporaryFolder()
    const machine = aMachine()
    await acquireLock(folder, machine.process(1))
    machine.wall += 3_600_000
    expect((await acquireLock(folder, machine.process(2))).ok).toBe(false)
  })

  it('of another host is left alone while its heart beats', async () => {
    const folder = temporaryFolder()
    const there = aMachine('server')
    const here = aMachine('desk')
    await acquireLock(folder, there.process(1))
    const { fs } = nodeHeart(folder, here)
    here.fs = fs
    expect(await acquireLock(folder, here.process(1))).toEqual({ ok: false, holder: { pid: 1, host: 'server' } })
  })

  it('of another host is taken over after two and a half beats of silence, whatever its clock says', async () => {
    const folder = temporaryFolder()
    const there = aMachine('server')
    there.wall = Date.now() + 86_400_000
    const here = aMachine('desk')
    await acquireLock(folder, there.process(1))
    expect((await acquireLock(folder, here.process(1))).ok).toBe(true)
    expect(here.delays).toContain(silenceMs)
  })

  it('tells a process that was taken for dead, once, and does not touch the new lock', async () => {
    const folder = temporaryFolder()
    const there = aMachine('server')
    const old = await taken(acquireLock(folder, there.process(1)))
    await there.beat()
    expect(there.lost).toBe(0)
    await acquireLock(folder, aMachine('desk').process(1))
    const content = readFileSync(lockFile(folder))
    await there.beat()
    expect(there.lost).toBe(1)
    expect(there.beats.size).toBe(0)
    await old.release()
    expect(readFileSync(lockFile(folder))).toEqual(content)
  })

  it.each(['', 'not json', '{"pid":"x"}', '\0\0\0\0'])('that is garbled (%j) is taken over', async (garbled) => {
    const folder = temporaryFolder()
    writeFileSync(lockFile(folder), garbled)
    expect((await acquireLock(folder, aMachine().process(1))).ok).toBe(true)
  })

  it('is taken over from one who died while taking over', async () => {
    const folder = temporaryFolder()
    const machine = aMachine()
    await acquireLock(folder, machine.process(1))
    machine.running.delete(1)
    const dying = { ...machine.process(2), fs: { ...nodeFileSystem, rename: () => new Promise<void>(() => undefined) } }
    void acquireLock(folder, dying)
    await expect.poll(() => readdirSync(folder).length, { interval: 2 }).toBe(3)
    machine.running.delete(2)
    expect((await acquireLock(folder, machine.process(3))).ok).toBe(true)
    expect(JSON.parse(readFileSync(lockFile(folder), 'utf8'))).toMatchObject({ pid: 3 })
  })

  it('works where there are no hard links', async () => {
    const folder = temporaryFolder()
    const machine = aMachine()
    machine.fs = { ...nodeFileSystem, link: () => Promise.reject(Object.assign(new Error('no'), { code: 'EPERM' })) }
    const lock = await taken(acquireLock(folder, machine.process(1)))
    expect((await acquireLock(folder, machine.process(2))).ok).toBe(false)
    await lock.release()
    expect(existsSync(lockFile(folder))).toBe(false)
  })

  it('knows this process from one with its id in another life', async () => {
    const self = await thisProcess()
    expect(await lookAtProcess(process.pid)).toEqual({ started: self.started })
    expect(await lookAtProcess(2 ** 22 + 1)).toBeNull()
  })
})

/** Another host's process touches its lock while this one waits. */
function nodeHeart(folder: string, machine: ReturnType<typeof aMachine>) {
  let beats = 0
  machine.whileWaiting = () => void (beats += 1)
  const fs: FileSystem = {
    ...nodeFileSystem,
    lstat: async (path) => {
      const stat = await nodeFileSystem.lstat(path)
      return path === lockFile(folder) ? { ...stat, mtimeMs: stat.mtimeMs + beats } : stat
    },
  }
  return { fs }
}

async function aContender(folder: string) {
  const child = fork(join(import.meta.dirname, 'lock-contender.ts'), [folder], { execArgv: [] })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child, 'message')
  return async (order: 'take' | 'release') => {
    child.send(order)
    const [answer] = (await once(child, 'message')) as [unknown]
    return answer
  }
}

const dead = JSON.stringify({
  pid: 2 ** 22 + 1,
  host: (await thisProcess()).host,
  started: 'x',
  nonce: 'deadbeefdeadbeef',
})

describe('two processes that race for the lock 200 times', () => {
  it.each([
    { over: 'a free folder', before: null },
    { over: 'what a dead process left', before: dead },
  ])('have one winner each time, over $over', async ({ before }) => {
    const folder = temporaryFolder()
    const contenders = [await aContender(folder), await aContender(folder)]
    const winners = [0, 0]
    for (let round = 0; round < 100; round += 1) {
      if (before !== null) writeFileSync(lockFile(folder), before)
      const results = await Promise.all(contenders.map((tell) => tell('take')))
      expect(results.filter((won) => won === true)).toHaveLength(1)
      results.forEach((won, nth) => (winners[nth] = (winners[nth] ?? 0) + (won === true ? 1 : 0)))
      await Promise.all(contenders.map((tell) => tell('release')))
      expect(existsSync(lockFile(folder))).toBe(false)
    }
    expect((winners[0] ?? 0) + (winners[1] ?? 0)).toBe(100)
    expect(readdirSync(folder)).toEqual([])
  })
})
