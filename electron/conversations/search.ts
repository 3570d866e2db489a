import type { FoundConversation } from '../../shared/conversation.ts'
import type { Entry } from './summary.ts'

const around = 60

/** Where the words stand, whatever their case; the newest conversation first, each of them once. */
export function searched(entries: readonly Entry[], words: string): FoundConversation[] {
  const pattern = new RegExp(words.trim().replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`), 'iu')
  return entries.flatMap(({ summary, texts }) => {
    if (pattern.test(summary.title)) return [{ id: summary.id, before: '', match: '', after: '' }]
    const place = texts.flatMap((text) => foundIn(text, pattern))[0]
    return place ? [{ id: summary.id, ...place }] : []
  })
}

function foundIn(text: string, pattern: RegExp) {
  const found = pattern.exec(text)
  if (!found) return []
  const [match] = found
  const end = found.index + match.length
  return [
    {
      before: (found.index > around ? '…' : '') + oneLine(text.slice(Math.max(0, found.index - around), found.index)),
      match: oneLine(match),
      after: oneLine(text.slice(end, end + around)) + (text.length > end + around ? '…' : ''),
    },
  ]
}

const oneLine = (text: string) => text.toWellFormed().replaceAll(/\s+/g, ' ')
