import { useCallback, useEffect, useRef, useState } from 'react'
import { showReadFailure } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'

/**
 * What main keeps with the vault, read now and whenever the vault's status changes; null until it is known. `read` must
 * keep its identity.
 */
export function useVaultRead<T>(read: () => Promise<T>): { value: T | null; refresh: () => Promise<void> } {
  const [value, setValue] = useState<T | null>(null)
  // An answer that a later question has overtaken is not shown.
  const asked = useRef(0)
  const refresh = useCallback(async () => {
    const mine = ++asked.current
    const fresh = await read()
    if (mine === asked.current) setValue(fresh)
  }, [read])
  useEffect(() => {
    const load = () => void refresh().catch(showReadFailure)
    load()
    const unsubscribe = useVault.subscribe((store, before) => {
      if (store.status !== before.status) load()
    })
    return () => {
      asked.current += 1
      unsubscribe()
    }
  }, [refresh])
  return { value, refresh }
}
