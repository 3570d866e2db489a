import { useVault } from '../../app/vault-store.ts'
import { AuditPanel } from './audit-panel.tsx'
import { BackupsPanel } from './backups-panel.tsx'
import { IdlePanel } from './idle-panel.tsx'
import { KitPanel } from './kit-panel.tsx'
import { ProtectionPanel } from './protection-panel.tsx'
import { SuspicionPanel } from './suspicion-panel.tsx'
import { VaultPanel } from './vault-panel.tsx'

/** Everything about the vault in Settings. What only an open vault can tell or change is shown while it is open. */
export function VaultSettings() {
  const status = useVault((store) => store.status)
  if (status === null) return null
  const open = status.state === 'unlocked'
  return (
    <>
      <VaultPanel status={status} />
      {open && <ProtectionPanel status={status} />}
      {open && <KitPanel status={status} />}
      <IdlePanel />
      {status.state !== 'none' && <BackupsPanel />}
      {open && <SuspicionPanel status={status} />}
      {open && <AuditPanel />}
    </>
  )
}
