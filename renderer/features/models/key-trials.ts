import { useEffect, useRef, useState } from 'react'
import type { ModelId } from '../../../shared/identity.ts'
import type { OutcomeView } from '../../../shared/outcome.ts'
import { client } from '../../app/client.ts'
import { showFailure } from '../../app/toast.tsx'

export interface TrialTarget {
  name: string
  apiBase: string
  provider: string | null
}

/** Tries secrets that are not kept yet, one after the other; ends when the dialogue does. */
export function useKeyTrials(target: TrialTarget, modelId: ModelId) {
  const [results, setResults] = useState<ReadonlyMap<string, OutcomeView>>(new Map())
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null)
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const run = async (secrets: readonly string[]) => {
    stop.current?.abort()
    const mine = new AbortController()
    stop.current = mine
    try {
      for (const [done, secret] of secrets.entries()) {
        setProgress({ done, of: secrets.length })
        const { outcome } = await client.keys.trial({ target, secret, modelId }, { signal: mine.signal })
        setResults((known) => new Map(known).set(secret, outcome))
      }
    } catch (error) {
      if (!mine.signal.aborted) showFailure(error)
    } finally {
      if (stop.current === mine) setProgress(null)
    }
  }
  return { results, progress, run, cancel: () => stop.current?.abort() }
}
