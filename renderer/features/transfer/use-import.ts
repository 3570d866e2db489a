import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureData } from '../../../shared/failure.ts'
import type { ImportPreview } from '../../../shared/transfer.ts'
import { client } from '../../app/client.ts'
import { procedureFailure, procedureSentence, refusalSentence, type Sentence } from '../../app/failure-message.ts'
import { useImportInbox, type OfferedFile } from '../../app/import-inbox.ts'
import { useModels } from '../../app/models-store.ts'
import { useVaultSetup } from '../../app/vault-setup-store.ts'

/** Where an import stands. Nothing is saved before `done`. */
export type ImportState =
  | { kind: 'empty' }
  | { kind: 'reading'; name: string }
  | { kind: 'refused'; name: string; sentence: Sentence }
  | { kind: 'preview'; name: string; preview: ImportPreview; busy: boolean }
  | { kind: 'done'; models: number; keys: number; first: string }

type OtherHost = FailureData<'KEY_TO_OTHER_HOST'>

/** Reads what was dropped or pasted, applies what was ticked, and asks when keys would change hosts. */
export function useImport() {
  const { t } = useTranslation('failures')
  const [state, setState] = useState<ImportState>({ kind: 'empty' })
  const [question, setQuestion] = useState<(OtherHost & { models: string[] }) | null>(null)
  const offered = useImportInbox((store) => store.offered)

  const refuse = (name: string, sentence: Sentence) => setState({ kind: 'refused', name, sentence })

  const read = async (file: OfferedFile) => {
    const { name } = file
    if (file.kind === 'too-large') {
      return refuse(name, refusalSentence({ reason: 'too-large', line: null, column: null }, t))
    }
    setState({ kind: 'reading', name })
    try {
      const preview = await client.transfer.preview({ base64: file.base64 })
      setState({ kind: 'preview', name, preview, busy: false })
    } catch (error) {
      refuse(name, procedureSentence(error, t))
    }
  }

  useEffect(() => {
    if (offered === null) return
    const file = useImportInbox.getState().take()
    // Looking at a file needs no vault; only taking it over does.
    if (file !== null) void read(file)
    // Only a new offer starts a reading; what `read` closes over does not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [offered])

  const apply = (models: string[], allowNewHost: boolean) =>
    useVaultSetup.getState().withVault(() => void takeOver(models, allowNewHost))

  const takeOver = async (models: string[], allowNewHost: boolean) => {
    if (state.kind !== 'preview') return
    setQuestion(null)
    setState({ ...state, busy: true })
    try {
      const done = await client.transfer.apply({ id: state.preview.id, models, allowNewHost })
      await useModels.getState().refresh()
      const first = useModels.getState().models.find((model) => models.includes(model.name))
      setState({ kind: 'done', ...done, first: first?.id ?? '' })
    } catch (error) {
      const failure = procedureFailure(error)
      if (failure?.code === 'KEY_TO_OTHER_HOST') {
        setState({ ...state, busy: false })
        setQuestion({ ...failure.data, models })
      } else refuse(state.name, procedureSentence(error, t))
    }
  }

  return { state, question, setQuestion, apply, reset: () => setState({ kind: 'empty' }) }
}
