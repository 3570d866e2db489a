import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GatewayStatus } from '../../../shared/gateway.ts'
import { navigate } from '../../app/router.ts'
import { useModels } from '../../app/models-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { nextPort } from './port.ts'

interface StateNoticeProps {
  status: GatewayStatus
  busy: boolean
  onSwitch: (wanted: { on: boolean; port?: number }) => void
}

/** Why it does not listen although it should, and the ways on; no port is ever changed without being asked for. */
export function StateNotice({ status, busy, onSwitch }: StateNoticeProps) {
  const { t } = useTranslation('gateway')
  const { state, port } = status
  if (state.kind === 'on') return <NothingToServe />
  if (state.kind !== 'port-taken' && state.kind !== 'failed') return null
  const other = nextPort(port)
  return (
    <Notice tone="danger" urgent {...wordsOf(status, t)}>
      {state.kind === 'port-taken' && (
        <Button disabled={busy} onClick={() => onSwitch({ on: true, port: other })}>
          {t('taken.usePort', { port: other })}
        </Button>
      )}
      <Button variant="default" disabled={busy} onClick={() => onSwitch({ on: true })}>
        {t('taken.again')}
      </Button>
      <Button variant="default" disabled={busy} onClick={() => onSwitch({ on: false })}>
        {t('taken.leaveOff')}
      </Button>
    </Notice>
  )
}

type GatewayText = ReturnType<typeof useTranslation<'gateway'>>['t']

function wordsOf({ state, port }: GatewayStatus, t: GatewayText): { title: string; text: string } {
  if (state.kind !== 'port-taken') {
    return { title: t('failed.title', { code: state.kind === 'failed' ? state.code : '' }), text: t('failed.text') }
  }
  const { address, holder } = state
  return {
    title: holder === null ? t('taken.title', { port, address }) : t('taken.titleHolder', { port, address, holder }),
    text: t('taken.text'),
  }
}

/** A gateway without models answers nothing but that it has none. */
function NothingToServe() {
  const { t } = useTranslation('gateway')
  const empty = useModels((store) => store.loaded && store.models.length === 0)
  if (!empty) return null
  return (
    <Notice tone="plain" title={t('noModels.title')} text={t('noModels.text')}>
      <Button onClick={() => navigate('models', 'new')}>{t('noModels.add')}</Button>
    </Notice>
  )
}
