import { Button } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useModels } from '../../app/models-store.ts'
import classes from './dslighting.module.css'
import { ChooseFile, DropFrame, PasteField } from './text-source.tsx'

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
      <DropFrame icon={<IconChecklist size={28} aria-hidden="true" />} title={t('title')} text={t('text')}>
        <div className={classes['buttons']}>
          <ChooseFile label={t('choose')} />
          {hasModels && (
            <Button variant="default" onClick={onCheckExport}>
              {t('checkExport')}
            </Button>
          )}
        </div>
      </DropFrame>
      <PasteField
        text={text}
        onText={onText}
        label={t('pasteLabel')}
        placeholder={t('pastePlaceholder')}
        name={t('pastedName')}
        action={t('check')}
      />
    </>
  )
}
