import * as z from 'zod'
import { Preset, type PresetId } from '../../shared/conversation.ts'
import { maxPresets } from '../../shared/conversation-limits.ts'
import { Failure } from '../../shared/failure.ts'
import type { Queue } from '../vault/queue.ts'
import type { Shelf } from './shelf.ts'

const name = 'presets'

export type Presets = ReturnType<typeof createPresets>

/** System prompts and parameters under names, kept where the conversations are. */
export function createPresets({ shelf, inTurn }: { shelf: () => Promise<Shelf>; inTurn: Queue }) {
  async function read(): Promise<Preset[]> {
    const parsed = z.array(Preset).safeParse((await (await shelf()).read(name)) ?? [])
    return parsed.success ? parsed.data : []
  }

  const write = async (presets: readonly Preset[]): Promise<Preset[]> => {
    const inOrder = presets.toSorted((a, b) => a.name.localeCompare(b.name))
    await (await shelf()).keep(name, inOrder)
    return inOrder
  }

  return {
    list: (): Promise<Preset[]> => inTurn(read),
    /** A new one, or another version of one that is there. */
    save: (preset: Preset): Promise<Preset[]> =>
      inTurn(async () => {
        const others = (await read()).filter(({ id }) => id !== preset.id)
        if (others.some((other) => other.name === preset.name))
          throw new Failure('PRESET_NAME_TAKEN', { name: preset.name })
        if (others.length >= maxPresets) throw new Failure('PRESETS_FULL', { count: maxPresets })
        return write([...others, preset])
      }),
    remove: (id: PresetId): Promise<Preset[]> =>
      inTurn(async () => write((await read()).filter((preset) => preset.id !== id))),
  }
}
