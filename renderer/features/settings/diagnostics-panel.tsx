import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../app/client.ts'
import { copyText } from '../../app/copy-text.ts'
import { useStart } from '../../app/start.ts'
import { attempt, showDone } from '../../app/toast.tsx'
import { Panel } from '../../ui/panel.tsx'
import { saveText } from './save-text.ts'
import classes from './settings.module.css'

type Preview = Awaited<ReturnType<typeof client.diagnostics.preview>>

/** A report for somebody who helps: it is read first, and what is saved is what was read. */
export function DiagnosticsPanel() {
  const { t } = useTranslation('settings')
  const [preview, setPreview] = useState<Preview | null>(null)
  const write = () => attempt(async () => setPreview(await client.diagnostics.preview()))
  return (
    <Panel place="diagnostics" title={t('diagnostics.title')}>
      <div className={classes['stack']}>
        <p className={classes['text']}>{t('diagnostics.text')}</p>
        {preview !== null && (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
          <section className={classes['report']} tabIndex={0} aria-label={t('diagnostics.report')}>
            <pre>{preview.text}</pre>
          </section>
        )}
        <div className={classes['actions']}>
          {preview !== null && <Hand preview={preview} />}
          <Button variant="default" onClick={write}>
            {t(preview === null ? 'diagnostics.preview' : 'diagnostics.again')}
          </Button>
          {preview !== null && (
            <Button variant="subtle" onClick={() => setPreview(null)}>
              {t('diagnostics.close')}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  )
}

/** A desktop's window takes no downloads: there the system asks where the file shall be. */
function Hand({ preview }: { preview: Preview }) {
  const { t } = useTranslation('settings')
  const asksSystem = useStart((store) => store.info?.canChooseFile === true)
  const save = async () => {
    if (!asksSystem) return saveText(preview.text, preview.fileName)
    const { path } = await client.diagnostics.save({ id: preview.id })
    if (path !== null) showDone(t('diagnostics.saved', { path }))
  }
  return (
    <>
      <Button onClick={() => attempt(save)}>{t('diagnostics.save')}</Button>
      <Button variant="default" onClick={() => void copyText(preview.text, t('diagnostics.copied'))}>
        {t('diagnostics.copy')}
      </Button>
    </>
  )
}
