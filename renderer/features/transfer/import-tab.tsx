import { Button, FileButton, Textarea } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { offeredFrom, useImportInbox } from '../../app/import-inbox.ts'
import { navigate } from '../../app/router.ts'
import { attempt } from '../../app/toast.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { HostQuestion } from '../../ui/host-question.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ImportPreviewTable } from './import-table.tsx'
import classes from './import.module.css'
import { useImport } from './use-import.ts'
import { forgetsOnLeave } from '../../ui/forgetful-field.ts'

function offer(blob: Blob, name: string): void {
  attempt(async () => useImportInbox.getState().offer(await offeredFrom(blob, name)))
}

interface PasteProps {
  text: string
  onText: (text: string) => void
}

function PasteField({ text, onText }: PasteProps) {
  const { t } = useTranslation('import')
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
        onChange={(event) => onText(event.currentTarget.value)}
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

function Source(paste: PasteProps) {
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
      </section>
      <PasteField {...paste} />
    </>
  )
}

/** Drop or paste, look at the difference, tick, apply. */
export function ImportTab() {
  const { t } = useTranslation('import')
  const { state, question, setQuestion, apply, reset } = useImport()
  // Kept while the file is looked at, so that a refused text can be corrected where it is.
  const [pasted, setPasted] = useState('')
  return (
    <div className={classes['view']}>
      {state.kind === 'refused' && (
        <Notice
          tone="danger"
          urgent
          title={t('refused', { name: state.name, cause: state.sentence.cause })}
          text={state.sentence.next}
        />
      )}
      {(state.kind === 'empty' || state.kind === 'refused') && <Source text={pasted} onText={setPasted} />}
      {state.kind === 'reading' && <p className={classes['dim']}>{t('reading', { name: state.name })}</p>}
      {state.kind === 'preview' && (
        <ImportPreviewTable
          key={state.preview.id}
          name={state.name}
          preview={state.preview}
          busy={state.busy}
          onApply={(models) => apply(models, false)}
          onCancel={reset}
        />
      )}
      {state.kind === 'done' && (
        <EmptyState
          icon={<IconFileImport size={24} />}
          title={t('doneTitle')}
          text={`${t('doneModels', { count: state.models })} ${t('doneKeys', { count: state.keys })}`}
        >
          <Button onClick={() => navigate('models', state.first)}>{t('openModels')}</Button>
          <Button variant="default" onClick={reset}>
            {t('importAnother')}
          </Button>
        </EmptyState>
      )}
      {question !== null && (
        <HostQuestion
          from={question.from}
          to={question.to}
          onAllow={() => apply(question.models, true)}
          onClose={() => setQuestion(null)}
        />
      )}
    </div>
  )
}
