import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { offeredFrom, useImportInbox } from '../../app/import-inbox.ts'
import { navigate } from '../../app/router.ts'
import { attempt } from '../../app/toast.tsx'
import { Notice } from '../../ui/notice.tsx'

/** What was pasted goes to the import as it is: there each model gets the keys that the text says are its. */
export function OfferImport({ text }: { text: string }) {
  const { t } = useTranslation('models')
  const look = async () => {
    useImportInbox.getState().offer(await offeredFrom(new Blob([text]), t('configuration.name')))
    navigate('transfer')
  }
  return (
    <Notice tone="warn" title={t('configuration.title')} text={t('configuration.text')}>
      <Button size="compact-sm" variant="default" onClick={() => attempt(look)}>
        {t('configuration.import')}
      </Button>
    </Notice>
  )
}
