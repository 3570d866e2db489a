import { Drawer } from '@mantine/core'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestDetail as Detail } from '../../../shared/activity.ts'
import type { RequestId } from '../../../shared/identity.ts'
import { client } from '../../app/client.ts'
import { liveFeed } from '../../app/live-feed.ts'
import { useJournal } from '../../app/use-journal.ts'
import { useLiveNow } from '../../app/use-live.ts'
import { Notice } from '../../ui/notice.tsx'
import { RequestDetail } from './request-detail.tsx'

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
  const { t } = useTranslation('activity')
  const read = useCallback(async (): Promise<Answer> => ({ detail: await client.activity.request({ id }) }), [id])
  const answer = useJournal(read, readEveryMs)
  const nowMs = useLiveNow(500)
  if (answer === null) return null
  // What has only just begun is on its way to the journal.
  const request = answer.detail?.request ?? liveFeed.history.requests.get(id)
  if (!request) return <Notice tone="plain" title={t('missing', { id })} />
  return <RequestDetail request={request} detail={answer.detail} nowMs={nowMs} />
}
