import { create } from 'zustand'
import type { FailureData } from '../../../shared/failure.ts'
import type { ImportChoice, Imported, ImportPreview, LastImportView } from '../../../shared/transfer.ts'
import { client } from '../../app/client.ts'
import type { OfferedFile } from '../../app/import-inbox.ts'
import { useModels } from '../../app/models-store.ts'
import { firstChoices, takesOf, withChoice, type RowChoice, type Target } from './import-choice.ts'

/** Where an import stands. Nothing is saved before `done`. */
export type ImportState =
  | { kind: 'empty' }
  | { kind: 'reading'; name: string }
  /** `error` is what the call threw; null when the file was too large to be read at all. */
  | { kind: 'refused'; name: string; error: unknown }
  | { kind: 'preview'; name: string; preview: ImportPreview }
  | { kind: 'done'; imported: Imported; first: string; last: LastImportView | null }

type Move = FailureData<'KEY_TO_OTHER_HOST'>

interface ImportStore {
  state: ImportState
  choices: readonly RowChoice[]
  target: Target
  /** Keys without a model that are not taken, by their place. */
  withoutLoose: readonly number[]
  /** Hosts that keys may go to, as a person has said. */
  allowedMoves: readonly Move[]
  last: LastImportView | null
  isUndoing: boolean
  read: (file: OfferedFile) => Promise<void>
  choose: (place: number, change: Partial<RowChoice>) => void
  chooseAll: (mode: RowChoice['mode']) => void
  setTarget: (change: Partial<Target>) => void
  setWithoutLoose: (without: readonly number[]) => void
  allow: (move: Move) => void
  /** Takes over what was chosen and answers what that was; throws what main refused. */
  apply: () => Promise<Imported | null>
  /** False when it is being undone already. */
  undo: () => Promise<boolean>
  refreshLast: () => Promise<void>
  refuse: (name: string, error: unknown) => void
  reset: () => void
}

const noTarget: Target = { modelId: null, name: '', apiBase: '', provider: '' }
const nothingChosen = { choices: [], target: noTarget, withoutLoose: [], allowedMoves: [] }

export const useImport = create<ImportStore>((set, get) => ({
  state: { kind: 'empty' },
  ...nothingChosen,
  last: null,
  isUndoing: false,
  async read(file) {
    const { name } = file
    if (file.kind === 'too-large') return get().refuse(name, null)
    const reading: ImportState = { kind: 'reading', name }
    set({ state: reading, ...nothingChosen })
    // Another file may be offered, or this one put aside, while main reads: the answer is then nobody's.
    const isWanted = () => get().state === reading
    try {
      const preview = await client.transfer.preview({ base64: file.base64 })
      if (isWanted()) set({ state: { kind: 'preview', name, preview }, choices: firstChoices(preview.models) })
    } catch (error) {
      if (isWanted()) get().refuse(name, error)
    }
  },
  choose(place, change) {
    const { state, choices } = get()
    if (state.kind === 'preview') set({ choices: withChoice(state.preview.models, choices, place, change) })
  },
  chooseAll(mode) {
    const { state } = get()
    if (state.kind !== 'preview') return
    const first = firstChoices(state.preview.models)
    const { choices } = get()
    set({
      choices: first.map((choice, place) => {
        const isTaken = choice.mode !== 'keep' && mode !== 'keep'
        return { ...choice, ...choices[place], mode: isTaken ? mode : 'keep' }
      }),
    })
  },
  setTarget: (change) => set({ target: { ...get().target, ...change } }),
  setWithoutLoose: (withoutLoose) => set({ withoutLoose }),
  allow: (move) => set({ allowedMoves: [...get().allowedMoves, move] }),
  async apply() {
    const { state } = get()
    if (state.kind !== 'preview') return null
    const choice = choiceOf(state.preview, get())
    const imported = await client.transfer.apply(choice)
    await Promise.all([useModels.getState().refresh(), get().refreshLast()])
    // Another file may be looked at by then.
    if (get().state === state) {
      const { last } = get()
      set({ state: { kind: 'done', imported, first: firstId(state.preview, choice), last }, ...nothingChosen })
    }
    return imported
  },
  async undo() {
    if (get().isUndoing) return false
    set({ isUndoing: true })
    try {
      await client.transfer.undoImport()
      await Promise.all([useModels.getState().refresh(), get().refreshLast()])
    } finally {
      set({ isUndoing: false })
    }
    if (get().state.kind === 'done') get().reset()
    return true
  },
  async refreshLast() {
    set({ last: await client.transfer.lastImport() })
  },
  refuse: (name, error) => set({ state: { kind: 'refused', name, error }, ...nothingChosen }),
  reset: () => set({ state: { kind: 'empty' }, ...nothingChosen }),
}))

type Chosen = Pick<ImportStore, 'choices' | 'target' | 'withoutLoose' | 'allowedMoves'>

function choiceOf(preview: ImportPreview, { choices, target, withoutLoose, allowedMoves }: Chosen): ImportChoice {
  const rows = takesOf(preview.models, choices)
  const hasLoose = preview.looseKeys.some((key, place) => key.change !== 'ignored' && !withoutLoose.includes(place))
  const looseKeys = hasLoose ? { into: intoOf(target), withoutKeys: [...withoutLoose] } : null
  return { id: preview.id, rows, looseKeys, allowedMoves: [...allowedMoves] }
}

function intoOf({ modelId, name, apiBase, provider }: Target): NonNullable<ImportChoice['looseKeys']>['into'] {
  const known = useModels.getState().models.find((model) => model.id === modelId)
  if (known !== undefined) return { kind: 'model', modelId: known.id }
  return { kind: 'new', name: name.trim(), apiBase: apiBase.trim(), provider: provider.trim() || null }
}

/** The model to open afterwards. */
function firstId(preview: ImportPreview, { rows, looseKeys }: ImportChoice): string {
  if (looseKeys?.into.kind === 'model') return looseKeys.into.modelId
  const names = rows.map(({ row }) => preview.models[row]?.name)
  if (looseKeys?.into.kind === 'new') names.push(looseKeys.into.name)
  return useModels.getState().models.find((model) => names.includes(model.name))?.id ?? ''
}
