import { Button } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ClientView } from '../../../shared/gateway.ts'
import { useModels } from '../../app/models-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Panel } from '../../ui/panel.tsx'
import { useNow } from '../../ui/use-now.ts'
import type { ClientAction } from './client-actions.ts'
import { ClientRow } from './client-row.tsx'
import classes from './gateway.module.css'

interface ClientsPanelProps {
  clients: readonly ClientView[]
  isOn: boolean
  onAdd: () => void
  onAction: (client: ClientView, action: ClientAction) => void
}

/** The programs that may use the gateway, each by a token of its own. */
export function ClientsPanel({ clients, isOn, onAdd, onAction }: ClientsPanelProps) {
  const { t } = useTranslation('gateway')
  if (clients.length === 0) return <NoClients isOn={isOn} onAdd={onAdd} />
  return (
    <Panel
      title={t('clients.title')}
      aside={
        <Button size="compact-sm" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={onAdd}>
          {t('clients.add')}
        </Button>
      }
    >
      <ClientsTable clients={clients} onAction={onAction} />
    </Panel>
  )
}

function ClientsTable({ clients, onAction }: Pick<ClientsPanelProps, 'clients' | 'onAction'>) {
  const { t } = useTranslation('gateway')
  const models = useModels((store) => store.models)
  const nowMs = useNow()
  const number = classes['number']
  return (
    <div className={`${classes['scroll']} ${classes['clients']}`}>
      <table className={classes['table']} aria-label={t('clients.title')}>
        <thead>
          <tr>
            <th scope="col" className={classes['names']}>
              {t('clients.name')}
            </th>
            <th scope="col">{t('clients.token')}</th>
            <th scope="col" className={classes['names']}>
              {t('clients.mayUse')}
            </th>
            <th scope="col" className={number}>
              {t('clients.requests')}
            </th>
            <th scope="col" className={number}>
              {t('clients.tokensToday')}
            </th>
            <th scope="col" className={`${number} ${classes['underWay']}`}>
              {t('clients.inFlight')}
            </th>
            <th scope="col">{t('clients.lastSeen')}</th>
            <th scope="col">
              <span className="kw-visually-hidden">{t('clients.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client) => (
            <ClientRow
              key={client.id}
              client={client}
              models={models}
              nowMs={nowMs}
              onAction={(action) => onAction(client, action)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function NoClients({ isOn, onAdd }: Pick<ClientsPanelProps, 'isOn' | 'onAdd'>) {
  const { t } = useTranslation('gateway')
  return (
    <section className={classes['empty']}>
      <EmptyState
        icon={<IconPlugConnected size={26} />}
        title={t('empty.title')}
        text={t(isOn ? 'empty.text' : 'empty.textOff')}
      >
        <Button onClick={onAdd}>{t('clients.add')}</Button>
      </EmptyState>
    </section>
  )
}
