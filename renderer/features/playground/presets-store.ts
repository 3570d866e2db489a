import { create } from 'zustand'
import type { Preset, PresetId } from '../../../shared/conversation.ts'
import { client } from '../../app/client.ts'
import { attempt, showUndo } from '../../app/toast.tsx'

export const usePresets = create<{ presets: readonly Preset[] }>(() => ({ presets: [] }))

const take = async (asked: Promise<Preset[]>) => usePresets.setState({ presets: await asked })

export const loadPresets = (): Promise<void> => take(client.conversations.presets())

export function savePreset(preset: Omit<Preset, 'id'>, replaces: Preset | undefined): void {
  const id = replaces?.id ?? (crypto.randomUUID() as PresetId)
  attempt(() => take(client.conversations.savePreset({ ...preset, id })))
}

export function deletePreset(preset: Preset, done: string): void {
  attempt(async () => {
    await take(client.conversations.removePreset({ id: preset.id }))
    showUndo(done, () => take(client.conversations.savePreset(preset)))
  })
}
