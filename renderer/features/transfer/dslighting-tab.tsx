import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'
import { DslightingResult } from './dslighting-result.tsx'
import { DslightingSource } from './dslighting-source.tsx'
import classes from './dslighting.module.css'
import { useDslightingCheck } from './use-dslighting-check.ts'

/** What DSLighting would do with a file today, and the changes that mend it. */
export function DslightingTab() {
  const { t } = useTranslation('dslighting')
  const { state, checkExport, ...actions } = useDslightingCheck()
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
      {(state.kind === 'empty' || state.kind === 'refused') && (
        <DslightingSource text={pasted} onText={setPasted} onCheckExport={() => checkExport(t('vaultName'))} />
      )}
      {state.kind === 'reading' && <p className={classes['dim']}>{t('reading', { name: state.name })}</p>}
      {state.kind === 'checked' && <DslightingResult {...state} {...actions} />}
    </div>
  )
}
