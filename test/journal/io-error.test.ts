import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aService } from './recording.ts'

interface Standing {
  told: number
  trouble: string | null
  dropped: number
  requests: number
  kept: string
  setAside: string | null
}

const recorder = join(import.meta.dirname, 'failing-disk-recorder.ts')
const told = 3_000

function hasLimits(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A recorder whose files may not grow beyond so many bytes: each write past that is an I/O error (`EFBIG`). */
async function recordOnFailingDisk(capacity: number) {
  const folder = temporaryFolder()
  const args = ['--fsize=163840:unlimited', process.execPath, recorder, folder, String(capacity)]
  const child = spawn('prlimit', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const until = async (isSo: (standing: Standing) => boolean): Promise<Standing> => {
    for (;;) {
      const { value, done } = await lines.next()
      if (done) throw new Error('the recorder ended')
      const standing = JSON.parse(value) as Standing
      if (isSo(standing)) return standing
    }
  }
  return {
    folder,
    until,
    mend: () => execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']),
    end: async () => {
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}

describe.skipIf(!hasLimits())('a disk that fails', () => {
  it('loses nothing of what is told meanwhile: all of it is written when it works again', async () => {
    const { folder, until, mend, end } = await recordOnFailingDisk(40_000)
    const failing = await until(({ trouble, told: count }) => trouble !== null && count === told)
    expect(failing).toMatchObject({ trouble: 'write-failed', dropped: 0, kept: 'file', setAside: null })
    expect(failing.requests).toBeLessThan(told)
    mend()
    const mended = await until(({ requests }) => requests === told)
    expect(mended).toMatchObject({ trouble: null, dropped: 0, setAside: null })
    await end()
    expect(aService(join(folder, 'journal.db')).stored()).toMatchObject({ kept: 'file', requests: told })
  }, 60_000)

  it('has what finds no room counted, and nothing else is lost', async () => {
    const { until, mend, end } = await recordOnFailingDisk(200)
    const failing = await until(({ trouble, told: count }) => trouble !== null && count === told)
    expect(failing.dropped).toBeGreaterThan(0)
    mend()
    const mended = await until(({ trouble, requests, dropped }) => trouble === null && requests + dropped === told)
    expect(mended.dropped).toBe(failing.dropped)
    await end()
  }, 60_000)
})
