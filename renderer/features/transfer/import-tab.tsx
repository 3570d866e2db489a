import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureData } from '../../../shared/failure.ts'
import { fieldSentences, procedureFailure } from '../../app/failure-message.ts'
import { useImportInbox } from '../../app/import-inbox.ts'
import { navigate } from '../../app/router.ts'
import { attempt, showDone, showFailure, showUndo } from '../../app/toast.tsx'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { HostQuestion } from '../../ui/host-question.tsx'
import { ImportDifference } from './import-difference.tsx'
import { ImportRefusal } from './import-refusal.tsx'
import { ImportSource } from './import-source.tsx'
import { useImport, type ImportState } from './import-store.ts'
import { doneText, type ImportText } from './import-texts.ts'
import classes from './import.module.css'

/** What is dropped or pasted anywhere is read here, and only here. */
function useOfferedFile() {
  const offered = useImportInbox((store) => store.offered)
  useEffect(() => {
    if (offered === null) return
    const file = useImportInbox.getState().take()
    // Looking at a file needs no vault; only taking it over does.
    if (file !== null) void useImport.getState().read(file)
  }, [offered])
}

/** Takes over what was chosen. A change of host is a question, and what is wrong with a new model stands at its fields. */
function useApply() {
  const { t, i18n } = useTranslation('import')
  const { t: failureText } = useTranslation('failures')
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState<{ of: ImportState; move: FailureData<'KEY_TO_OTHER_HOST'> } | null>(null)
  const state = useImport((store) => store.state)
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})

  const refused = (error: unknown, of: ImportState) => {
    const failure = procedureFailure(error)
    const { state: now, refuse } = useImport.getState()
    // Another file is looked at by now, which none of it is about.
    if (now !== of) return showFailure(error)
    if (failure?.code === 'KEY_TO_OTHER_HOST') return setAsked({ of, move: failure.data })
    if (failure?.code === 'IMPORT_EXPIRED' && of.kind === 'preview') return refuse(of.name, error)
    const sentences = fieldSentences(error, failureText)
    if (sentences === null) showFailure(error)
    else setErrors(sentences)
  }

  const takeOver = async () => {
    setBusy(true)
    setAsked(null)
    setErrors({})
    const { state: taken, apply: take } = useImport.getState()
    try {
      const imported = await take()
      const { last } = useImport.getState()
      if (imported !== null) showUndo(doneText(imported, t, i18n.language), () => undoImport(t, last))
    } catch (error) {
      refused(error, taken)
    } finally {
      setBusy(false)
    }
  }

  const apply = () => useVaultSetup.getState().withVault(() => void takeOver())
  // What was asked of one file is not answered for another.
  const question = asked?.of === state ? asked.move : null
  return { busy, question, errors, apply, forget: () => setAsked(null) }
}

/** A message may outlast its import, and another window may have made one since: it undoes no other one in its place. */
async function undoImport(t: ImportText, shown = useImport.getState().last): Promise<void> {
  await useImport.getState().refreshLast()
  if (useImport.getState().last?.atMs !== shown?.atMs) return showDone(t('undoGone'))
  if (await useImport.getState().undo()) showDone(t('undone'))
}

function Done({ imported, first, last }: Extract<ImportState, { kind: 'done' }>) {
  const { t, i18n } = useTranslation('import')
  return (
    <EmptyState icon={<IconFileImport size={24} />} title={t('doneTitle')} text={doneText(imported, t, i18n.language)}>
      <Button onClick={() => navigate('models', first)}>{t('openModels')}</Button>
      <Button variant="default" onClick={() => attempt(() => undoImport(t, last))}>
        {t('undo')}
      </Button>
      <Button variant="default" onClick={() => useImport.getState().reset()}>
        {t('importAnother')}
      </Button>
    </EmptyState>
  )
}

/** Drop or paste, look at the difference, choose, apply, and take it back. */
export function ImportTab() {
  const { t } = useTranslation('import')
  const state = useImport((store) => store.state)
  const { busy, question, errors, apply, forget } = useApply()
  useOfferedFile()
  const isSource = state.kind === 'empty' || state.kind === 'reading' || state.kind === 'refused'
  useEffect(() => {
    attempt(() => useImport.getState().refreshLast())
    // What is finished is not shown again; a difference that is being looked at is.
    return () => {
      const { state, reset } = useImport.getState()
      if (state.kind === 'done' || state.kind === 'refused') reset()
    }
  }, [])
  return (
    <div className={classes['view']}>
      {state.kind === 'refused' && <ImportRefusal name={state.name} error={state.error} />}
      {state.kind === 'reading' && <p className={classes['dim']}>{t('reading', { name: state.name })}</p>}
      {/* It stays while a file is read, so that a text that is refused can be corrected where it is. */}
      {isSource && <ImportSource onUndo={() => undoImport(t)} />}
      {state.kind === 'preview' && (
        <ImportDifference name={state.name} preview={state.preview} busy={busy} errors={errors} onApply={apply} />
      )}
      {state.kind === 'done' && <Done {...state} />}
      {question !== null && (
        <HostQuestion
          from={question.from}
          to={question.to}
          onAllow={() => {
            useImport.getState().allow(question)
            apply()
          }}
          onClose={forget}
        />
      )}
    </div>
  )
}
