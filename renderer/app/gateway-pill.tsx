import { useTranslation } from 'react-i18next'
import type { GatewayStatus } from '../../shared/gateway.ts'
import type { KeyStateKind } from '../../shared/key.ts'
import { formatInteger } from '../ui/format.ts'
import { KeyStateShape } from '../ui/key-state-shape.tsx'
import { copyText } from './copy-text.ts'
import { gatewayShape, useGatewayKind, type GatewayKind } from './gateway-kind.ts'
import { useGateway } from './gateway-store.ts'
import { hrefOf } from './router.ts'
import classes from './top-bar.module.css'
import { useVault } from './vault-store.ts'

/** The gateway as main reports it. While it is on a click copies what a program needs; else it leads to where it is switched on. */
export function GatewayPill() {
  const status = useGateway((store) => store.status)
  const locked = useVault((store) => store.status?.state === 'locked')
  return status === null ? null : <Pill status={status} locked={locked} />
}

function Pill({ status, locked }: { status: GatewayStatus; locked: boolean }) {
  const kind = useGatewayKind(status)
  if (kind === 'on' && !locked) return <OnPill status={status} />
  return <StatePill kind={kind} port={status.port} locked={locked} />
}

function Shape({ kind }: { kind: KeyStateKind }) {
  return (
    <span className={classes['shape']} style={{ color: `var(--kw-state-${kind})` }} aria-hidden="true">
      <KeyStateShape kind={kind} size={9} />
    </span>
  )
}

function OnPill({ status: { baseUrl, clients } }: { status: GatewayStatus }) {
  const { t, i18n } = useTranslation('shell')
  const count = t('gateway.clients', { count: clients, number: formatInteger(clients, i18n.language) })
  const address = new URL(baseUrl).host
  return (
    <button
      type="button"
      className={classes['pill']}
      title={t('gateway.copy', { url: baseUrl })}
      onClick={() => void copyText(baseUrl, t('gateway.copied', { url: baseUrl }))}
    >
      <Shape kind="ready" />
      <span className={classes['pillName']} aria-hidden="true">
        {t('gateway.name')}
      </span>
      <span className="kw-visually-hidden">{t('gateway.on')}</span>
      <span translate="no">{address}</span>
      <span className={classes['pillCount']}>{`· ${count}`}</span>
    </button>
  )
}

function StatePill({ kind, port, locked }: { kind: GatewayKind; port: number; locked: boolean }) {
  const { t } = useTranslation('shell')
  const held = locked && kind === 'on'
  return (
    <a className={classes['pill']} href={hrefOf('gateway')} title={t('gateway.open')}>
      <Shape kind={held ? 'cooling' : gatewayShape[kind]} />
      {held ? t('gateway.locked') : t(`gateway.${kind}`, { port })}
    </a>
  )
}
