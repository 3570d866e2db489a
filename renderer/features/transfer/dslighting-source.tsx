import { Button, FileButton, Textarea } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { offeredFrom, useImportInbox } from '../../app/import-inbox.ts'
import { useModels } from '../../app/models-store.ts'
import { attempt } from '../../app/toast.tsx'
import { forgetsOnLeave } from '../../ui/forgetful-field.ts'
import classes from './dslighting.module.css'

function offer(blob: Blob, name: string): void {
  attempt(async () => useImportInbox.getState().offer(await offeredFrom(blob, name)))
}

interface DslightingSourceProps {
  text: string
  onText: (text: string) => void
  onCheckExport: () => void
}

/** Where what is checked comes from. */
export function DslightingSource({ text, onText, onCheckExport }: DslightingSourceProps) {
  const { t } = useTranslation('dslighting')
  const hasModels = useModels((store) => store.models.some((model) => model.origin === 'vault'))
  return (
    <>
      <section className={classes['drop']}>
        <IconChecklist size={28} aria-hidden="true" />
        <h2>{t('title')}</h2>
        <p>{t('text')}</p>
        <div className={classes['buttons']}>
          <FileButton onChange={(file) => file !== null && offer(file, file.name)}>
            {(props) => <Button {...props}>{t('choose')}</Button>}
          </FileButton>
          {hasModels && (
            <Button variant="default" onClick={onCheckExport}>
              {t('checkExport')}
            </Button>
          )}
        </div>
      </section>
      <div className={classes['paste']}>
        <Textarea
          ref={forgetsOnLeave}
          label={t('pasteLabel')}
          placeholder={t('pastePlaceholder')}
          classNames={{ input: 'kw-mono' }}
          autosize
          minRows={5}
          maxRows={14}
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        <div className={classes['buttons']}>
          <Button disabled={text.trim() === ''} onClick={() => offer(new Blob([text]), t('pastedName'))}>
            {t('check')}
          </Button>
        </div>
      </div>
    </>
  )
}
