import { exportDotenv, withoutEntries, type ExportForm, type ExportModel } from '../../dotenv/index.ts'
import { mergedInto } from '../export/written-text.ts'
import type { BothSides } from './sides.ts'
import type { Sides, SyncModel } from './three-way.ts'

/** What an entry keeps of its own: the fields of the file before those of the vault, and the token where it has one. */
function exported(model: SyncModel, { stored, inFile, secretOf }: BothSides): ExportModel {
  const { name, provider, apiBase, temperature } = model
  const extra = inFile.get(name)?.extra ?? stored.get(name)?.extra ?? {}
  return { name, provider, apiBase, temperature, keys: model.keys.map(secretOf), extra }
}

const isSame = (a: SyncModel, b: SyncModel) => JSON.stringify(a) === JSON.stringify(b)

/**
 * The file's text with the models as they are to be. A file that speaks to the gateway is given no real key: a model
 * that comes to it goes through the gateway too.
 */
export function changedFile(both: BothSides, after: Sides, gatewayBaseUrl: string): string {
  const before = new Map(both.sides.file.map((model) => [model.name, model]))
  const changed = after.file.filter((model) => {
    const known = before.get(model.name)
    return known === undefined || !isSame(known, model)
  })
  const gone = both.sides.file.filter(({ name }) => !after.file.some((model) => model.name === name))
  if (changed.length === 0 && gone.length === 0) return both.text
  const token = both.sides.file.find(({ throughGateway }) => throughGateway === true)?.keys[0]
  const gateway: ExportForm | null =
    token === undefined ? null : { kind: 'gateway', apiBase: gatewayBaseUrl, token: both.secretOf(token) }
  const isThrough = (model: SyncModel) => model.throughGateway === true || (gateway !== null && !before.has(model.name))
  const write = (text: string, models: readonly SyncModel[], form: ExportForm): string => {
    const written = models.map((model) => exported(model, both))
    return models.length === 0 ? text : mergedInto(text, (tree) => exportDotenv(written, form, tree)).text
  }
  const names = gone.map(({ name }) => name)
  const less = names.length === 0 ? both.text : mergedInto(both.text, (tree) => withoutEntries(tree, names)).text
  const real = write(
    less,
    changed.filter((one) => !isThrough(one)),
    { kind: 'portable' },
  )
  return gateway === null ? real : write(real, changed.filter(isThrough), gateway)
}
