import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../shared/identity.ts'
import type { KeyOut, RequestFailure, RequestFailureCode } from '../../../shared/request.ts'
import { failureSentence, procedureSentence, type Sentence } from '../../app/failure-message.ts'
import { navigate } from '../../app/router.ts'
import { reasonOf } from '../../ui/attempt-text.ts'
import { KeyStateBadge } from '../../ui/key-state-badge.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useNow } from '../../ui/use-now.ts'
import classes from './playground.module.css'
import { formatSentences } from '../../ui/format.ts'

interface FailureNoticeProps {
  failure: RequestFailure | null
  thrown: unknown
  modelId: ModelId
  onRetry: () => void
  /** Only the last answer can be asked for again. */
  canRetry: boolean
}

/** Where the next step of a failure is taken; a failure not named here is only tried again. */
const placeOf: Partial<Record<RequestFailureCode, 'openKeys' | 'openModel' | 'openSettings'>> = {
  no_keys: 'openKeys',
  keys_unavailable: 'openKeys',
  key_not_sendable: 'openKeys',
  unknown_host: 'openModel',
  connection_refused: 'openModel',
  tls_failed: 'openModel',
  bad_upstream: 'openModel',
  redirect_refused: 'openModel',
  model_not_found: 'openModel',
  proxy_unreachable: 'openSettings',
  proxy_auth: 'openSettings',
  proxy_refused: 'openSettings',
}

export function FailureNotice({ failure, thrown, modelId, onRetry, canRetry }: FailureNoticeProps) {
  const { t, i18n } = useTranslation('playground')
  const { t: failures } = useTranslation('failures')
  const nowMs = useNow()
  const sentence: Sentence = failure ? failureSentence(failure, failures, nowMs) : procedureSentence(thrown, failures)
  const place = failure ? placeOf[failure.code] : undefined
  const text = [sentence.next, ...(sentence.quote === null ? [] : [t('failure.quote', { quote: sentence.quote })])]
  return (
    <div className={classes['failure']}>
      <Notice tone="danger" urgent title={sentence.cause} text={formatSentences(text, i18n.language)}>
        {place !== undefined && (
          <Button
            size="xs"
            variant="default"
            onClick={() => (place === 'openSettings' ? navigate('settings') : navigate('models', modelId))}
          >
            {t(`failure.${place}`)}
          </Button>
        )}
        {canRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('retry')}
          </Button>
        )}
      </Notice>
      {failure && failure.keys.length > 0 && <KeysOut keys={failure.keys} nowMs={nowMs} />}
    </div>
  )
}

function KeysOut({ keys, nowMs }: { keys: readonly KeyOut[]; nowMs: number }) {
  const { t } = useTranslation('playground')
  const { t: attempts, i18n } = useTranslation('attempts')
  return (
    <ul className={classes['keysOut']} aria-label={t('failure.keys')}>
      {keys.map((key) => (
        <li key={key.keyId}>
          <strong>{key.label}</strong>
          <KeyStateBadge state={key.state} nowMs={nowMs} />
          <span className={classes['faint']}>
            {key.lastFailure && reasonOf(key.lastFailure, attempts, i18n.language)}
          </span>
        </li>
      ))}
    </ul>
  )
}
