import type { ModelView } from '../../../shared/model.ts'
import { typedNumber } from './typed-number.ts'

type Weighted = Pick<ModelView, 'strategy'> & { keys: readonly { id: string; weight: number }[] }

/** A key of weight zero is a reserve; where all of them are, there is nobody whom they could wait for. */
export const isAllReserve = ({ strategy, keys }: Weighted): boolean =>
  strategy === 'weighted' && keys.length > 0 && keys.every(({ weight }) => weight === 0)

/** What a weight that is typed for a key would mean, where that is not plain. */
export function weightNote(model: Weighted, keyId: string, typed: string): 'reserve' | 'allReserve' | null {
  if (typedNumber(typed) !== 0) return null
  const keys = model.keys.map((key) => (key.id === keyId ? { ...key, weight: 0 } : key))
  return isAllReserve({ ...model, keys }) ? 'allReserve' : 'reserve'
}
