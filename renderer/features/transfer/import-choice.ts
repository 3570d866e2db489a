/** What a person takes of a preview, and what comes of it. Plain functions; main decides what it means for secrets. */
import type {
  ImportFieldName,
  ImportKeyRow,
  ImportModelRow,
  ImportPreview,
  ImportTake,
} from '../../../shared/transfer.ts'

/** `keep` takes nothing of the row. */
export type RowMode = ImportTake['mode'] | 'keep'
export const rowModes: readonly RowMode[] = ['merge', 'replace', 'keep']

export interface RowChoice {
  mode: RowMode
  withoutFields: readonly ImportFieldName[]
  withoutKeys: readonly number[]
}

export const canTake = (row: ImportModelRow): boolean => row.change !== 'ignored'

/** Everything that changes something is taken; of several rows with one name only the first. */
export function firstChoices(rows: readonly ImportModelRow[]): RowChoice[] {
  const names = new Set<string>()
  return rows.map((row) => {
    const takes = (row.change === 'added' || row.change === 'changed') && !names.has(row.name)
    if (takes) names.add(row.name)
    return { mode: takes ? 'merge' : 'keep', withoutFields: [], withoutKeys: [] }
  })
}

/** One row's choice in place of its old one; other rows of its name are kept as they are here. */
export function withChoice(
  rows: readonly ImportModelRow[],
  choices: readonly RowChoice[],
  place: number,
  change: Partial<RowChoice>,
): RowChoice[] {
  const name = rows[place]?.name
  const takes = change.mode !== undefined && change.mode !== 'keep'
  return choices.map((choice, other) => {
    if (other === place) return { ...choice, ...change }
    return takes && rows[other]?.name === name && choice.mode !== 'keep' ? { ...choice, mode: 'keep' } : choice
  })
}

/** What a row would do to its model. */
export interface Effect {
  fields: number
  added: number
  removed: number
  /** False when nothing would come of it. */
  takes: boolean
}

const noEffect: Effect = { fields: 0, added: 0, removed: 0, takes: false }

export function effectOf(row: ImportModelRow, choice: RowChoice): Effect {
  if (choice.mode === 'keep' || !canTake(row)) return noEffect
  const added = row.keys.filter((key, place) => key.change === 'added' && !choice.withoutKeys.includes(place)).length
  if (row.change === 'added') return { fields: 0, added, removed: 0, takes: true }
  const isReplaced = choice.mode === 'replace'
  const fields = row.fields.filter(({ field }) => isReplaced || !choice.withoutFields.includes(field)).length
  const removed = isReplaced ? row.onlyHere.length : 0
  return { fields, added, removed, takes: fields + added + removed > 0 }
}

/** All rows together; `models` counts those of which something is taken. */
export function totalOf(rows: readonly ImportModelRow[], choices: readonly RowChoice[]) {
  const total = { models: 0, fields: 0, added: 0, removed: 0 }
  for (const [place, row] of rows.entries()) {
    const choice = choices[place]
    if (choice === undefined) continue
    const effect = effectOf(row, choice)
    total.models += effect.takes ? 1 : 0
    total.fields += effect.fields
    total.added += effect.added
    total.removed += effect.removed
  }
  return total
}

export function takesOf(rows: readonly ImportModelRow[], choices: readonly RowChoice[]): ImportTake[] {
  return choices.flatMap(({ mode, ...without }, row): ImportTake[] => {
    const shown = rows[row]
    if (mode === 'keep' || shown === undefined) return []
    if (!effectOf(shown, { mode, ...without }).takes) return []
    return [{ row, mode, withoutFields: [...without.withoutFields], withoutKeys: [...without.withoutKeys] }]
  })
}

/** Where keys without a model go: to one that is here, or to a new one. */
export interface Target {
  /** Null is a new model. */
  modelId: string | null
  name: string
  apiBase: string
  provider: string
}

/** Whether a key without a model is new to the model it would go to. */
export const isNewTo = (key: ImportKeyRow, modelName: string | null): boolean =>
  key.change !== 'ignored' && (modelName === null || !key.alsoIn.includes(modelName))

export function newLooseKeys(
  { looseKeys }: Pick<ImportPreview, 'looseKeys'>,
  modelName: string | null,
  without: readonly number[],
): number {
  return looseKeys.filter((key, place) => isNewTo(key, modelName) && !without.includes(place)).length
}

export const toggled = <T>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item]
