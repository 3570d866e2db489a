import { create } from 'zustand'
import type { KeyId, ModelId } from '../../../shared/identity.ts'
import type { RequestView } from '../../../shared/request.ts'
import { client } from '../../app/client.ts'
import { useModels } from '../../app/models-store.ts'
import { showFailure } from '../../app/toast.tsx'

/** What the tests of this session came to. The key's state itself is the engine's to say. */
interface KeyTests {
  running: ReadonlySet<KeyId>
  results: ReadonlyMap<KeyId, RequestView>
  /** How many of the keys asked for are done; null when no test runs. */
  progress: { done: number; of: number } | null
}

export const useKeyTests = create<KeyTests>(() => ({ running: new Set(), results: new Map(), progress: null }))

const { getState, setState } = useKeyTests
let stop: AbortController | undefined

/** One at a time, so that a test of many keys looks to the provider like one careful person. */
export async function testKeys(modelId: ModelId, ids: readonly KeyId[]): Promise<void> {
  stop?.abort()
  const mine = new AbortController()
  stop = mine
  setState({ progress: { done: 0, of: ids.length } })
  try {
    for (const [done, id] of ids.entries()) {
      setState({ running: new Set([id]), progress: { done, of: ids.length } })
      const result = await client.keys.test({ modelId, id }, { signal: mine.signal })
      setState({ results: new Map(getState().results).set(id, result) })
    }
  } catch (error) {
    if (!mine.signal.aborted) showFailure(error)
  } finally {
    if (stop === mine) setState({ running: new Set(), progress: null })
    await useModels.getState().refresh().catch(showFailure)
  }
}

export function cancelTests(): void {
  stop?.abort()
}
