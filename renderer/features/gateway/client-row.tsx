import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ClientView } from '../../../shared/gateway.ts'
import type { ModelView } from '../../../shared/model.ts'
import { formatInteger, formatMoment, formatRelative, formatRow } from '../../ui/format.ts'
import type { ClientAction } from './client-actions.ts'
import { allowedNames } from './client-draft.ts'
import classes from './gateway.module.css'

interface ClientRowProps {
  client: ClientView
  models: readonly ModelView[]
  nowMs: number
  onAction: (action: ClientAction) => void
}

export function ClientRow({ client, models, nowMs, onAction }: ClientRowProps) {
  const { t, i18n } = useTranslation('gateway')
  const { language } = i18n
  const lastFour = `…${client.tokenLastFour}`
  return (
    <tr>
      <th scope="row" className={classes['names']}>
        <span className={classes['clip']} title={client.name}>
          {client.name}
        </span>
        {client.forFile !== null && <ForFile path={client.forFile} />}
      </th>
      <td>
        <code className="kw-mono" translate="no">
          {lastFour}
        </code>
      </td>
      <td className={classes['names']}>
        <MayUse client={client} models={models} />
      </td>
      <td className={classes['number']}>{formatInteger(client.requests, language)}</td>
      <td className={classes['number']}>
        <TokensToday client={client} />
      </td>
      <td className={`${classes['number']} ${classes['underWay']}`}>{formatInteger(client.inFlight, language)}</td>
      <td
        className={classes['dim']}
        title={client.lastSeenAtMs === null ? undefined : formatMoment(client.lastSeenAtMs, language)}
      >
        {client.lastSeenAtMs === null
          ? t('clients.notSeen')
          : formatRelative(Math.min(client.lastSeenAtMs, nowMs), nowMs, language, 'narrow')}
      </td>
      <td>
        <RowActions name={client.name} onAction={onAction} />
      </td>
    </tr>
  )
}

/** The end of a path says which file it is; the whole of it is one hover away. */
function ForFile({ path }: { path: string }) {
  const { t } = useTranslation('gateway')
  return (
    <span className={classes['file']} title={path}>
      {t('clients.forFile')} <bdi dir="ltr">{path}</bdi>
    </span>
  )
}

function MayUse({ client, models }: Pick<ClientRowProps, 'client' | 'models'>) {
  const { t, i18n } = useTranslation('gateway')
  const { language } = i18n
  const allowed = allowedNames(client, models)
  const gone = allowed === null || allowed.gone === 0 ? [] : [t('clients.goneModels', { count: allowed.gone })]
  const names = allowed === null ? t('clients.everyModel') : formatRow([...allowed.names, ...gone], language)
  const { requestsPerMinute, tokensPerDay } = client
  const limitText = (limit: 'requests' | 'tokens', count: number | null) =>
    count === null ? [] : [t(`limits.${limit}`, { count, number: formatInteger(count, language) })]
  const limits = [...limitText('requests', requestsPerMinute), ...limitText('tokens', tokensPerDay)]
  return (
    <>
      <span className={classes['clip']} title={names}>
        {names}
      </span>
      <span className={classes['limits']}>{limits.length === 0 ? t('limits.none') : limits.join(' · ')}</span>
    </>
  )
}

/** With a budget, how much of it is gone. */
function TokensToday({ client: { tokensToday, tokensPerDay } }: Pick<ClientRowProps, 'client'>) {
  const { i18n } = useTranslation('gateway')
  const used = formatInteger(tokensToday, i18n.language)
  if (tokensPerDay === null) return used
  const share = Math.min(1, tokensToday / tokensPerDay)
  return (
    <>
      {used}
      <span className={classes['meter']} data-full={share === 1 || undefined} aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
    </>
  )
}

function RowActions({ name, onAction }: { name: string; onAction: (action: ClientAction) => void }) {
  const { t } = useTranslation('gateway')
  const size = { size: 15, 'aria-hidden': true } as const
  return (
    <span className={classes['rowActions']}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('clients.editName', { name })}
        onClick={() => onAction('edit')}
      >
        <IconPencil {...size} />
      </ActionIcon>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('clients.moreFor', { name })}>
            <IconDots {...size} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRefresh {...size} />} onClick={() => onAction('rotate')}>
            {t('rotate.open')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            className={classes['danger']}
            leftSection={<IconTrash {...size} />}
            onClick={() => onAction('revoke')}
          >
            {t('revoke.open')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </span>
  )
}
