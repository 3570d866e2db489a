import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'

/** Before a model's id: the address that opens the form for its new keys. */
export const addKeysTo = 'add-keys:'
/** Before a key's id: the address that opens its form. */
export const editKeyOf = 'key:'

interface Addressed {
  /** The model that is shown. */
  current: ModelView | undefined
  /** The one that the address adds keys to. */
  addsTo: ModelView | undefined
  /** The key whose form the address opens. */
  keyView: KeyView | undefined
}

const after = (start: string, id: string) => (id.startsWith(start) ? id.slice(start.length) : null)

/** What an address shows and opens. A form for what has gone opens for nothing else in its place. */
export function addressed(id: string, models: readonly ModelView[], selectedId: string | null): Addressed {
  const toAdd = after(addKeysTo, id)
  const keyId = after(editKeyOf, id)
  const addsTo = models.find((model) => model.id === toAdd)
  const holder = models.find((model) => model.keys.some((key) => key.id === keyId))
  const shown = addsTo ?? holder ?? models.find((model) => model.id === id)
  return {
    current: shown ?? models.find((model) => model.id === selectedId) ?? models[0],
    addsTo,
    keyView: holder?.keys.find((key) => key.id === keyId),
  }
}
