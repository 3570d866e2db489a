import { useEffect, useState } from 'react'
import type { ModelId } from '../../../shared/identity.ts'
import type { KnownSecret } from '../../../shared/key.ts'
import { client } from '../../app/client.ts'

const atOnce = 1000
/** While somebody types, main is asked when they pause. */
const settleMs = 150

/** Asks in parts of a size that the contract takes, and puts the answers together. */
async function inParts<T, R>(items: readonly T[], ask: (part: T[]) => Promise<readonly R[]>): Promise<R[]> {
  const answers: R[] = []
  for (let from = 0; from < items.length; from += atOnce) answers.push(...(await ask(items.slice(from, from + atOnce))))
  return answers
}

export type KnownSecrets = ReadonlyMap<string, KnownSecret>

/** What main knows of secrets that are about to be added, by the secret; empty until it has answered. */
export function useKnownSecrets(modelId: ModelId | null, secrets: readonly string[]): KnownSecrets {
  const [known, setKnown] = useState<KnownSecrets>(new Map())
  const asked = secrets.join('\n')
  useEffect(() => {
    let isCurrent = true
    const ask = async () => {
      const wanted = asked === '' ? [] : asked.split('\n')
      const answers = await inParts(wanted, (part) => client.keys.known({ modelId, secrets: part }))
      if (isCurrent) setKnown(new Map(wanted.map((secret, index) => [secret, answers[index]!])))
    }
    // A hint that cannot be had is not there; adding says for itself what is wrong.
    const timer = setTimeout(() => void ask().catch(() => undefined), settleMs)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [modelId, asked])
  return known
}

/** Whether the model that they are for holds it already. */
export const isHeld = (known: KnownSecrets, secret: string): boolean => typeof known.get(secret)?.label === 'string'
