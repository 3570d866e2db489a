import { Drawer } from '@mantine/core'
import { useCallback, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestDetail as Detail } from '../../../shared/activity.ts'
import type { RequestId } from '../../../shared/identity.ts'
import { client } from '../../app/client.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useJournal } from '../../app/use-journal.ts'
import { useLiveNow } from '../../app/use-live.ts'
import { formatMoment } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import classes from './activity.module.css'
import { RequestDetail } from './request-detail.tsx'
import { WhyThisKey } from './why-this-key.tsx'

const readEveryMs = 1_000

/** One request beside the list: its attempts, why each key was chosen, and what it cost. */
export function RequestDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('activity')
  return (
    <Drawer
      opened={id !== ''}
      onClose={onClose}
      position="right"
      size={520}
      title={t('detail.title')}
      closeButtonProps={{ 'aria-label': t('detail.close') }}
      overlayProps={{ backgroundOpacity: 0.2 }}
    >
      {id !== '' && <DrawerBody key={id} id={id as RequestId} />}
    </Drawer>
  )
}

type Answer = { detail: Detail | null }

function DrawerBody({ id }: { id: RequestId }) {
  const { t, i18n } = useTranslation('activity')
  const read = useCallback(async (): Promise<Answer> => ({ detail: await client.activity.request({ id }) }), [id])
  const answer = useJournal(read, readEveryMs)
  const nowMs = useLiveNow(500)
  const headId = useId()
  if (answer === null) return null
  // What has only just begun is on its way to the journal.
  const request = answer.detail?.request ?? liveFeed.history.requests.get(id)
  if (!request) return <Notice tone="plain" title={t('missing', { id })} />
  const decisions = answer.detail?.decisions ?? []
  return (
    <div className={classes['drawer']}>
      <p className={classes['drawerHead']}>
        <strong>{request.modelName}</strong>
        <span className={classes['dim']}>{formatMoment(request.startedAtMs, i18n.language)}</span>
      </p>
      <RequestDetail request={request} costMicros={answer.detail?.request.costMicros ?? null} nowMs={nowMs} />
      <section aria-labelledby={headId} className={classes['why']}>
        <h3 id={headId}>{t('why.title')}</h3>
        <WhyThisKey attempts={request.attempts} decisions={decisions} />
      </section>
    </div>
  )
}
