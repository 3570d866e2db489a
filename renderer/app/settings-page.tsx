import { useEffect } from 'react'
import { LogView } from '../features/log/log-view.tsx'
import { SettingsView } from '../features/settings/settings-view.tsx'
import { VaultSettings } from '../features/vault/vault-settings.tsx'
import { goToPlace } from '../ui/panel.tsx'
import { logPlace, useRoute } from './router.ts'

/** Settings, with the vault's in their midst, and the log behind them: features do not know each other. */
export function SettingsPage() {
  const { id } = useRoute()
  useEffect(() => {
    if (id !== '') goToPlace(id)
  }, [id])
  return id === logPlace ? <LogView /> : <SettingsView vault={<VaultSettings />} />
}
