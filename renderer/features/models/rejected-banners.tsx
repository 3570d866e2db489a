import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeyView } from '../../../shared/key.ts'
import type { ModelView } from '../../../shared/model.ts'
import { formatRelative } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { useNow } from '../../ui/use-now.ts'
import { removeKeys } from './key-actions.ts'
import { testKeys, useKeyTests } from './key-tests.ts'
import classes from './models.module.css'
import { hostOf } from './providers.ts'

const shownAtOnce = 3

interface BannerProps {
  model: ModelView
  keyView: KeyView
  onReplace: (key: KeyView) => void
}

function RejectedBanner({ model, keyView, onReplace }: BannerProps) {
  const { t, i18n } = useTranslation('models')
  const nowMs = useNow()
  const testing = useKeyTests((store) => store.running.has(keyView.id))
  const nextTestMs = keyView.state.kind === 'rejected' ? keyView.state.nextTestMs : null
  const status = keyView.lastFailure?.status ?? null
  const values = { label: keyView.label, host: hostOf(model.apiBase), status }
  const title = t(status === null ? 'rejected.title' : 'rejected.titleStatus', values)
  const text =
    nextTestMs === null
      ? t('rejected.text')
      : nextTestMs <= nowMs
        ? t('rejected.textSoon')
        : t('rejected.textNext', { when: formatRelative(nextTestMs, nowMs, i18n.language) })
  return (
    <Notice tone="danger" title={title} text={text}>
      <Button variant="default" loading={testing} onClick={() => void testKeys(model.id, [keyView.id])}>
        {t('rejected.test')}
      </Button>
      <Button variant="default" onClick={() => onReplace(keyView)}>
        {t('rejected.replace')}
      </Button>
      <Button variant="default" onClick={() => removeKeys(model.id, [keyView.id])}>
        {t('rejected.remove')}
      </Button>
    </Notice>
  )
}

/** A refused key is an instruction: what happened, when it is tried again, and the three ways out. */
export function RejectedBanners({ model, onReplace }: Omit<BannerProps, 'keyView'>) {
  const { t } = useTranslation('models')
  const rejected = model.keys.filter((key) => key.state.kind === 'rejected')
  if (rejected.length === 0) return null
  const more = rejected.length - shownAtOnce
  return (
    <div className={classes['banners']}>
      {rejected.slice(0, shownAtOnce).map((key) => (
        <RejectedBanner key={key.id} model={model} keyView={key} onReplace={onReplace} />
      ))}
      {more > 0 && <p className={classes['dim']}>{t('rejected.more', { count: more })}</p>}
    </div>
  )
}
