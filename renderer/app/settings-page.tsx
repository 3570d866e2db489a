import { SettingsView } from '../features/settings/settings-view.tsx'
import { VaultSettings } from '../features/vault/vault-settings.tsx'

/** Settings, with the vault's in their midst: features do not know each other. */
export const SettingsPage = () => <SettingsView vault={<VaultSettings />} />
