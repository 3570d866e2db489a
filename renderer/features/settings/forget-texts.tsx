import { Button, Group, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../app/client.ts'
import { useJournalStatus } from '../../app/journal-store.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { formatInteger } from '../../ui/format.ts'
import classes from './settings.module.css'

/** Deletes the prompts and answers that are kept; their requests stay. */
export function ForgetTexts({ count }: { count: number }) {
  const { t, i18n } = useTranslation('settings')
  const refresh = useJournalStatus((store) => store.refresh)
  const [asking, setAsking] = useState(false)
  const forget = () =>
    attempt(async () => {
      await client.activity.forgetTexts()
      setAsking(false)
      await refresh()
      showDone(t('history.forget.done'))
    })
  const counted = { count, formatted: formatInteger(count, i18n.language) }
  return (
    <>
      <div>
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {t('history.forget.button')}
        </Button>
      </div>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('history.forget.title')}
        closeButtonProps={{ 'aria-label': t('history.forget.keep') }}
      >
        <p className={classes['text']}>{t('history.forget.text', counted)}</p>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('history.forget.keep')}
          </Button>
          <Button color="red" onClick={forget}>
            {t('history.forget.confirm')}
          </Button>
        </Group>
      </Modal>
    </>
  )
}
