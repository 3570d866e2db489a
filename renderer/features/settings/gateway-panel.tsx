import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useGateway } from '../../app/gateway-store.ts'
import { hrefOf } from '../../app/router.ts'
import { attempt } from '../../app/toast.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'

/** What the gateway does by itself at the next start, as main reports it; the rest of it has a view of its own. */
export function GatewayPanel() {
  const { t } = useTranslation('settings')
  const status = useGateway((store) => store.status)
  const switchTo = useGateway((store) => store.switchTo)
  if (status === null) return null
  const isOn = status.state.kind !== 'off'
  return (
    <Panel place="gateway" title={t('gateway.title')}>
      <SettingRow name={t('gateway.atStart')}>
        <Switch checked={isOn} onChange={() => attempt(() => switchTo({ on: !isOn }))} label={t('gateway.on')} />
      </SettingRow>
      <SettingRow name={t('gateway.address')}>
        <code className="kw-mono">{status.baseUrl}</code>
        <Button component="a" size="compact-sm" variant="default" href={hrefOf('gateway')}>
          {t('gateway.open')}
        </Button>
      </SettingRow>
    </Panel>
  )
}
