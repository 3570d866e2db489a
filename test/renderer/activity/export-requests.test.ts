import { expect, it } from 'vitest'
import { exportRequests } from '../../../renderer/features/activity/export-requests.ts'
import { noFilter, type ExportPart, type ExportQuery } from '../../../shared/activity.ts'

const parts: readonly ExportPart[] = [
  { text: 'a\r\n', requests: 200, next: 300, progress: 0.4 },
  { text: 'b\r\n', requests: 200, next: 100, progress: 0.8 },
  { text: 'c\r\n', requests: 99, next: null, progress: 1 },
]

function anExport(stopAfter = Infinity) {
  const asked: ExportQuery[] = []
  const progress: number[] = []
  const stopping = new AbortController()
  const done = exportRequests(
    noFilter,
    { format: 'csv', withTexts: true },
    {
      part: (query) => {
        asked.push(query)
        if (asked.length === stopAfter) stopping.abort()
        return Promise.resolve(parts[asked.length - 1]!)
      },
      onProgress: ({ share }) => progress.push(share),
      signal: stopping.signal,
    },
  )
  return { asked, progress, done }
}

it('asks for part after part, each from where the one before ended', async () => {
  const { asked, progress, done } = anExport()
  expect(await done).toEqual(['a\r\n', 'b\r\n', 'c\r\n'])
  expect(asked.map(({ position, written }) => [position, written])).toEqual([
    [null, 0],
    [300, 200],
    [100, 400],
  ])
  expect(asked.every(({ format, withTexts }) => format === 'csv' && withTexts)).toBe(true)
  expect(progress).toEqual([0.4, 0.8, 1])
})

it('asks for no more, and leaves no file, once it was cancelled', async () => {
  const { asked, done } = anExport(2)
  expect(await done).toBeNull()
  expect(asked).toHaveLength(2)
})
