import { Button, SegmentedControl } from '@mantine/core'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetworkStatus, NetworkTest, ProxyMode } from '../../../shared/network.ts'
import { client } from '../../app/client.ts'
import { outcomeSentence } from '../../app/failure-message.ts'
import { attempt } from '../../app/toast.tsx'
import { formatSpan } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { SettingRow } from '../../ui/setting-row.tsx'
import { useNetwork } from './network-store.ts'
import { ProxyDialog } from './proxy-dialog.tsx'
import { kept } from './proxy-draft.ts'
import classes from './settings.module.css'

const modes: readonly ProxyMode[] = ['off', 'system', 'own']

/** How it went, as the wire said it. */
function TestResult({ result }: { result: NetworkTest }) {
  const { t, i18n } = useTranslation('settings')
  const { t: failureText } = useTranslation('failures')
  const { host, via } = result
  if (result.kind === 'reached') {
    const took = formatSpan(result.tookMs, i18n.language)
    const text = via === null ? t('network.reachedDirectly', { host, took }) : t('network.reached', { host, via, took })
    return <Notice tone="plain" urgent title={text} />
  }
  const outcome = { kind: 'upstream-failed', cause: result.cause, ...noAnswer } as const
  const { cause, next } = outcomeSentence(outcome, '', host, failureText)
  return <Notice tone="danger" urgent title={cause} text={next} />
}

const noAnswer = { status: null, providerCode: null, providerMessage: null, retryAfterMs: null }

function Test() {
  const { t } = useTranslation('settings')
  const [tested, setTested] = useState<{ result: NetworkTest; changes: number } | null>(null)
  const changes = useNetwork((store) => store.changes)
  const [busy, setBusy] = useState(false)
  const test = () =>
    attempt(async () => {
      setBusy(true)
      setTested(null)
      await client.network
        .test()
        .then((result) => setTested({ result, changes }))
        .finally(() => setBusy(false))
    })
  return (
    <div className={classes['test']}>
      <div className={classes['actions']}>
        <Button size="compact-sm" variant="default" loading={busy} onClick={test}>
          {t('network.test')}
        </Button>
      </div>
      {/* What was found out about another way says nothing about this one. */}
      {tested?.changes === changes && <TestResult result={tested.result} />}
    </div>
  )
}

/** What the environment said when the application began. */
function System({ system }: Pick<NetworkStatus, 'system'>) {
  const { t } = useTranslation('settings')
  if (system === null) return <span>{t('network.noSystem')}</span>
  const named = [...new Set([system.https, system.http])].flatMap((url) => url ?? [])
  return <code className="kw-mono">{named.join(' · ')}</code>
}

function Direct({ status }: { status: NetworkStatus }) {
  const { t } = useTranslation('settings')
  const named = status.mode === 'system' ? [...(status.system?.direct ?? []), ...status.direct] : status.direct
  return <span>{[t('network.thisMachine'), ...named].join(' · ')}</span>
}

/** How the providers are reached: every request, test and balance goes the same way. */
export function NetworkPanel() {
  const { t } = useTranslation('settings')
  const { status, load, change } = useNetwork()
  const [editing, setEditing] = useState(false)
  const modeId = useId()
  useEffect(() => attempt(load), [load])
  if (status === null) return null
  const choose = (mode: ProxyMode) => {
    if (mode === 'own' && status.url === '') setEditing(true)
    else attempt(() => change({ ...kept(status), mode }))
  }
  return (
    <Panel place="network" title={t('network.title')}>
      <p className={classes['intro']}>{t('network.text')}</p>
      <SettingRow name={t('network.proxy')} id={modeId}>
        <SegmentedControl
          aria-labelledby={modeId}
          value={status.mode}
          data={modes.map((value) => ({ value, label: t(`network.mode.${value}`) }))}
          onChange={choose}
        />
      </SettingRow>
      <SettingRow name={t('network.system')}>
        <System system={status.system} />
      </SettingRow>
      <SettingRow name={t('network.own')}>
        {status.url === '' ? <span>{t('network.none')}</span> : <code className="kw-mono">{status.url}</code>}
        <Button size="compact-sm" variant="default" onClick={() => setEditing(true)}>
          {t('network.edit')}
        </Button>
      </SettingRow>
      <SettingRow name={t('network.without')} tall>
        <Direct status={status} />
      </SettingRow>
      <Test />
      {editing && <ProxyDialog status={status} onClose={() => setEditing(false)} />}
    </Panel>
  )
}
