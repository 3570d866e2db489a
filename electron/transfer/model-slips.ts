// What is likely a slip of the hand in a file, whichever its format. It is said and never stops an import.
import { isForeign, presetOfShape } from '../../shared/provider-presets.ts'
import type { ImportNotice } from '../../shared/transfer.ts'
import type { FileModel } from './difference.ts'

/** More than a person will read. */
const maxSlips = 200

/** `/v1/v1`: whoever copies an address with its version, into a place that adds one. */
const doubledVersion = /\/(v\d+(?:beta|alpha)?)\/+\1(?:\/|$)/i

const isMeantForAnother = ({ apiBase, keys }: FileModel): boolean =>
  keys.some((secret) => isForeign(presetOfShape(secret)?.id ?? null, apiBase))

export function modelSlips(models: readonly FileModel[]): ImportNotice[] {
  const notices: ImportNotice[] = []
  for (const model of models) {
    const { name, line = null } = model
    const say = (code: string) => notices.push({ code, line, column: null, name })
    if (doubledVersion.test(model.apiBase)) say('api-base-doubled')
    if (isMeantForAnother(model)) say('key-of-other-provider')
    if (notices.length >= maxSlips) break
  }
  return notices
}
