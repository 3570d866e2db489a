import { Suspense, useEffect, useState } from 'react'
import type { ClientView } from '../../../shared/gateway.ts'
import { useGateway } from '../../app/gateway-store.ts'
import { navigate, replaceRoute, useRoute } from '../../app/router.ts'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import type { ClientAction } from './client-actions.ts'
import { ClientsPanel } from './clients-panel.tsx'
import { ClientDialog, RevokeQuestion, RotateQuestion } from './dialogs.ts'
import classes from './gateway.module.css'
import { InFlightPanel } from './in-flight-panel.tsx'
import { SnippetPanel } from './snippet-panel.tsx'
import { StatePanel } from './state-panel.tsx'

/** The address that opens the form for a new client. */
const newClient = 'new'

/** The one address that programs on this machine are given, and who may use it. */
export function GatewayView() {
  const status = useGateway((store) => store.status)
  const clients = useGateway((store) => store.clients)
  const watch = useGateway((store) => store.watch)
  const withVault = useVaultSetup((store) => store.withVault)
  useEffect(() => watch(), [watch])
  if (status === null) return null
  const add = () => withVault(() => navigate('gateway', newClient))
  return (
    <div className={classes['view']}>
      <StatePanel status={status} />
      <Clients clients={clients} isOn={status.state.kind === 'on'} onAdd={add} />
      {clients.length > 0 && (
        <>
          <InFlightPanel />
          <SnippetPanel baseUrl={status.baseUrl} />
        </>
      )}
    </div>
  )
}

interface ClientsProps {
  clients: readonly ClientView[]
  isOn: boolean
  onAdd: () => void
}

/** The table, and what is asked about one of its clients. */
function Clients({ clients, isOn, onAdd }: ClientsProps) {
  const { id } = useRoute()
  const [asked, setAsked] = useState<{ about: ClientView['id']; action: ClientAction } | null>(null)
  // Revoked meanwhile, here or in another window: there is nothing left to ask about.
  const about = clients.find((client) => client.id === asked?.about)
  const close = () => setAsked(null)
  return (
    <>
      <ClientsPanel
        clients={clients}
        isOn={isOn}
        onAdd={onAdd}
        onAction={(client, action) => setAsked({ about: client.id, action })}
      />
      <Suspense>
        {id === newClient && <ClientDialog client={null} onClose={() => replaceRoute('gateway')} />}
        {about !== undefined && asked?.action === 'edit' && <ClientDialog client={about} onClose={close} />}
        {about !== undefined && asked?.action === 'rotate' && <RotateQuestion client={about} onClose={close} />}
        {about !== undefined && asked?.action === 'revoke' && <RevokeQuestion client={about} onClose={close} />}
      </Suspense>
    </>
  )
}
