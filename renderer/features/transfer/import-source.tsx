import { Button, FileButton, Textarea } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offeredFrom, useImportInbox } from '../../app/import-inbox.ts'
import { attempt } from '../../app/toast.tsx'
import { forgetsOnLeave } from '../../ui/forgetful-field.ts'
import { formatMoment } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { useImport } from './import-store.ts'
import classes from './import.module.css'

function offer(blob: Blob, name: string): void {
  attempt(async () => useImportInbox.getState().offer(await offeredFrom(blob, name)))
}

/** What is pasted goes to main once, as bytes; a text that was refused stays to be corrected where it is. */
function PasteField() {
  const { t } = useTranslation('import')
  const [text, setText] = useState('')
  return (
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
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes['buttons']}>
        <Button disabled={text.trim() === ''} onClick={() => offer(new Blob([text]), t('pastedName'))}>
          {t('read')}
        </Button>
        <span className={classes['dim']}>{t('nothingSavedYet')}</span>
      </div>
    </div>
  )
}

function LastImport({ onUndo }: { onUndo: () => Promise<void> }) {
  const { t, i18n } = useTranslation('import')
  const last = useImport((store) => store.last)
  if (last === null) return null
  return (
    <Panel title={t('lastTitle')}>
      <div className={classes['buttons']}>
        <span>
          {t('lastText', {
            when: formatMoment(last.atMs, i18n.language),
            models: t('models', { count: last.models }),
            keys: t('newKeys', { count: last.keys }),
          })}
        </span>
        <Button variant="default" onClick={() => attempt(onUndo)}>
          {t('undo')}
        </Button>
      </div>
      <p className={classes['hint']}>{t('lastHint')}</p>
    </Panel>
  )
}

export function ImportSource({ onUndo }: { onUndo: () => Promise<void> }) {
  const { t } = useTranslation('import')
  return (
    <>
      <section className={classes['drop']}>
        <IconFileImport size={28} aria-hidden="true" />
        <h2>{t('title')}</h2>
        <p>{t('text')}</p>
        <FileButton onChange={(file) => file !== null && offer(file, file.name)}>
          {(props) => <Button {...props}>{t('choose')}</Button>}
        </FileButton>
        <p className={classes['hint']}>{t('formats')}</p>
      </section>
      <PasteField />
      <LastImport onUndo={onUndo} />
    </>
  )
}
