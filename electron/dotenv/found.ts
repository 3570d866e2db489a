import type { ImportNotice } from '../../shared/transfer.ts'
import type { RefusedKey } from './collected-keys.ts'
import type { IgnoredEntry } from './import.ts'
import type { LooseKey } from './key-lines.ts'
import type { ImportedModel } from './model-entry.ts'

/** What a text holds, whichever format it is in. */
export interface Found {
  models: ImportedModel[]
  ignored: IgnoredEntry[]
  notices: ImportNotice[]
  /** Keys that came without a model. */
  keys: LooseKey[]
  /** What stood among those keys and is none. */
  refusedKeys: RefusedKey[]
}

export const nothingFound = (): Found => ({ models: [], ignored: [], notices: [], keys: [], refusedKeys: [] })
