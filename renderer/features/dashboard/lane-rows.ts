import type { ModelView } from '../../../shared/model.ts'
import type { LiveHistory } from '../../app/live/history.ts'
import type { RowsLayout } from './lane-scale.ts'

const rowHeights = { least: 28, most: 52 }

/** Rows share the room while they are few, and scroll when they would get too thin to read. */
export const rowHeightFor = (count: number, roomPx: number): number =>
  Math.max(rowHeights.least, Math.min(rowHeights.most, Math.floor(roomPx / Math.max(1, count))))

export function rowsFor(
  history: LiveHistory,
  model: ModelView,
  view: { heightPx: number; viewportPx: number; scrollPx: number },
): RowsLayout {
  const indexes = model.keys.map((key) => history.keyIndex(model.id, key.id))
  const rowOfKey = new Int32Array(Math.max(0, ...indexes) + 1).fill(-1)
  indexes.forEach((index, row) => {
    if (index !== -1) rowOfKey[index] = row
  })
  const { heightPx, viewportPx, scrollPx } = view
  return {
    rowOfKey,
    count: model.keys.length,
    heightPx,
    firstVisible: Math.max(0, Math.floor(scrollPx / heightPx)),
    lastVisible: Math.min(model.keys.length - 1, Math.floor((scrollPx + viewportPx) / heightPx)),
    scrollPx,
  }
}
