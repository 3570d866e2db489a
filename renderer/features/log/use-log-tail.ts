import { useEffect, useState } from 'react'
import type { LogLine } from '../../../shared/log.ts'
import { client } from '../../app/client.ts'

const askEveryMs = 1_000
const askedLines = 2_000

/** The last lines of the log, asked for anew while `follows` and the page is in sight. Null until they are known. */
export function useLogTail(follows: boolean): readonly LogLine[] | null {
  const [lines, setLines] = useState<readonly LogLine[] | null>(null)
  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      if (document.visibilityState === 'visible') {
        // The shell says when main cannot be heard; the lines that are shown stay.
        const tail = await client.log.tail({ lines: askedLines }).catch(() => null)
        if (isOver) return
        if (tail) setLines((shown) => (isSame(shown, tail.lines) ? shown : tail.lines))
      }
      timer = setTimeout(() => void ask(), askEveryMs)
    }
    if (follows) void ask()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [follows])
  return lines
}

/** Lines are only ever added, so the last one tells. */
function isSame(shown: readonly LogLine[] | null, asked: readonly LogLine[]): boolean {
  if (shown === null || shown.length !== asked.length) return false
  return JSON.stringify(shown.at(-1)) === JSON.stringify(asked.at(-1))
}
