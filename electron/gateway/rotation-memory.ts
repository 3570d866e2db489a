import * as z from 'zod'
import type { ModelId } from '../../shared/identity.ts'

/** Where the rotation's memory lies between two runs. */
export interface MemoryFile {
  /** Null when there is none yet. */
  read: () => Promise<Uint8Array | null>
  write: (bytes: Uint8Array) => Promise<void>
}

/**
 * What the rotation knows of keys survives a restart, so that a rejected key is not tried again by a new process. To
 * lose it costs a few failed attempts and never a key, so a file that cannot be used is as good as none.
 */
export interface RotationMemory {
  recall: (id: ModelId) => unknown
  remember: (id: ModelId, state: unknown) => void
  save: () => Promise<void>
}

const Kept = z.object({ version: z.literal(1), models: z.record(z.string(), z.unknown()) })

export async function openRotationMemory(file: MemoryFile): Promise<RotationMemory> {
  const models = new Map<string, unknown>(Object.entries(await readKept(file)))
  let saved = ''
  let saving = Promise.resolve()
  return {
    recall: (id) => models.get(id),
    remember: (id, state) => void models.set(id, state),
    save() {
      const text = JSON.stringify({ version: 1, models: Object.fromEntries(models) })
      if (text === saved) return saving
      saved = text
      // One after the other: the last state is the one that stays.
      saving = saving.catch(() => {}).then(() => file.write(Buffer.from(text)))
      return saving
    },
  }
}

async function readKept(file: MemoryFile): Promise<Record<string, unknown>> {
  try {
    const bytes = await file.read()
    if (bytes === null) return {}
    const kept = Kept.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return kept.success ? kept.data.models : {}
  } catch {
    return {}
  }
}
