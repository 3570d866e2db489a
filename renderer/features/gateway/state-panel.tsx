import { Button, Switch } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GatewayStatus } from '../../../shared/gateway.ts'
import { copyText } from '../../app/copy-text.ts'
import { gatewayShape, useGatewayKind } from '../../app/gateway-kind.ts'
import { useGateway } from '../../app/gateway-store.ts'
import { attempt } from '../../app/toast.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import classes from './gateway.module.css'
import { PortForm } from './port-form.tsx'
import { StateNotice } from './state-notice.tsx'

/** One switch at a time: while main is at it, another click would only take it back. */
function useSwitch() {
  const switchTo = useGateway((store) => store.switchTo)
  const [busy, setBusy] = useState(false)
  const run = (wanted: { on: boolean; port?: number }) =>
    attempt(async () => {
      setBusy(true)
      await switchTo(wanted).finally(() => setBusy(false))
    })
  return { busy, run }
}

/** Whether it listens, where, and for whom; all of it as main reports it. */
export function StatePanel({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation('gateway')
  const { busy, run } = useSwitch()
  const kind = useGatewayKind(status)
  return (
    <>
      <section className={classes['state']} aria-label={t('state.title')}>
        <div className={classes['switch']}>
          <Switch
            size="md"
            checked={kind === 'on'}
            disabled={busy || kind === 'starting' || kind === 'unknown'}
            onChange={() => run({ on: kind !== 'on' })}
            label={t('state.switch')}
          />
          <StateBadge kind={gatewayShape[kind]} role="status">
            {t(`state.${kind}`)}
          </StateBadge>
        </div>
        <p className={classes['intro']}>{t('state.intro')}</p>
        <Address status={status} />
      </section>
      <StateNotice status={status} busy={busy} onSwitch={run} />
    </>
  )
}

function Address({ status }: { status: GatewayStatus }) {
  const { t } = useTranslation('gateway')
  const { baseUrl, port, state } = status
  return (
    <dl className={classes['facts']}>
      <div>
        <dt>{t('address.baseUrl')}</dt>
        <dd>
          <code className={classes['url']} translate="no">
            {baseUrl}
          </code>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={14} aria-hidden="true" />}
            onClick={() => void copyText(baseUrl, t('address.copied', { url: baseUrl }))}
          >
            {t('address.copy')}
          </Button>
        </dd>
      </div>
      <div>
        <dt>{t('address.port')}</dt>
        <dd>
          <PortForm port={port} on={state.kind === 'on'} />
        </dd>
      </div>
      <div>
        <dt>{t('address.reach')}</dt>
        <dd className={classes['dim']}>{reachText(state, t)}</dd>
      </div>
    </dl>
  )
}

type GatewayText = ReturnType<typeof useTranslation<'gateway'>>['t']

function reachText(state: GatewayStatus['state'], t: GatewayText): string {
  if (state.kind !== 'on') return t('address.loopback')
  return t(state.hasIpv6 ? 'address.bothLoopbacks' : 'address.noIpv6')
}
