import { describe, expect, it } from 'vitest'
import { openRotationMemory, type MemoryFile } from '../../electron/gateway/rotation-memory.ts'
import { aModelId } from '../support/events.ts'

/** A file in memory that notes what was written to it. */
function aFile(content: string | null = null): MemoryFile & { writes: string[] } {
  const writes: string[] = []
  return {
    writes,
    read: () => Promise.resolve(content === null ? null : Buffer.from(content)),
    write: (bytes) => Promise.resolve(void writes.push(Buffer.from(bytes).toString())),
  }
}

describe("the rotation's memory", () => {
  it('gives back what was remembered of each model', async () => {
    const file = aFile()
    const memory = await openRotationMemory(file)
    memory.remember(aModelId('a'), { cooling: true })
    await memory.save()
    const again = await openRotationMemory(aFile(file.writes[0]))
    expect(again.recall(aModelId('a'))).toEqual({ cooling: true })
    expect(again.recall(aModelId('b'))).toBeUndefined()
  })

  it('writes only what has changed', async () => {
    const file = aFile()
    const memory = await openRotationMemory(file)
    memory.remember(aModelId(), 1)
    await memory.save()
    await memory.save()
    expect(file.writes).toHaveLength(1)
  })

  it('writes one after the other, the last state last, also after a failure', async () => {
    const file = aFile()
    let failures = 1
    const failing: MemoryFile = {
      ...file,
      write: (bytes) => ((failures -= 1) >= 0 ? Promise.reject(new Error('disk full')) : file.write(bytes)),
    }
    const memory = await openRotationMemory(failing)
    memory.remember(aModelId(), 1)
    const first = memory.save()
    memory.remember(aModelId(), 2)
    const second = memory.save()
    await expect(first).rejects.toThrow('disk full')
    await second
    expect(file.writes.at(-1)).toContain(':2')
  })

  it.each([['not JSON'], ['[]'], ['{"version":99,"models":{}}'], [''], ['null']])(
    'starts empty over a file that holds %j',
    async (content) => {
      const memory = await openRotationMemory(aFile(content))
      expect(memory.recall(aModelId())).toBeUndefined()
    },
  )

  it('starts empty when the file cannot be read', async () => {
    const unreadable = { ...aFile(), read: () => Promise.reject(new Error('EACCES')) }
    expect((await openRotationMemory(unreadable)).recall(aModelId())).toBeUndefined()
  })
})
