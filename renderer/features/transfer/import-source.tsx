import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/toast.tsx'
import { formatMoment } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { useImport } from './import-store.ts'
import classes from './import.module.css'
import { ChooseFile, DropFrame, PasteField } from './text-source.tsx'

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
  const [text, setText] = useState('')
  return (
    <>
      <DropFrame icon={<IconFileImport size={28} aria-hidden="true" />} title={t('title')} text={t('text')}>
        <ChooseFile label={t('choose')} />
        <p className={classes['hint']}>{t('formats')}</p>
      </DropFrame>
      <PasteField
        text={text}
        onText={setText}
        label={t('pasteLabel')}
        placeholder={t('pastePlaceholder')}
        name={t('pastedName')}
        action={t('read')}
        hint={t('nothingSavedYet')}
      />
      <LastImport onUndo={onUndo} />
    </>
  )
}
