import { t } from 'i18next'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EarlierVersionView, ExportChoice, ExportPreview, Written } from '../../../shared/export.ts'
import { client } from '../../app/client.ts'
import { copyText } from '../../app/copy-text.ts'
import { procedureFailure, procedureSentence, type Sentence } from '../../app/failure-message.ts'
import { useModels } from '../../app/models-store.ts'
import { saveText } from '../../app/save-text.ts'
import { attempt, showDone, showFailure } from '../../app/toast.tsx'
import { formatSpan } from '../../ui/format.ts'
import { useIsThere } from '../../ui/use-is-there.ts'
import { contentOf, firstChoice, type Choice } from './export-choice.ts'

type Token = ExportChoice['token']
/** Has main show the same once more: an export of models, or what a file held before. */
type Ask = (shown: { token: Token; whole: boolean }) => Promise<ExportPreview>

/** Where an export stands. Nothing is written before `done`. */
export type ExportStep =
  | { kind: 'choosing'; refused: Sentence | null }
  | { kind: 'looking' }
  | {
      kind: 'preview'
      preview: ExportPreview
      ask: Ask
      token: Token
      whole: boolean
      busy: boolean
      refused: Sentence | null
    }
  | { kind: 'done'; written: Written }

const choosing: ExportStep = { kind: 'choosing', refused: null }

/** Shows what would be written, asks about the token, and writes just what was shown. */
export function useExport() {
  const { t: failureText } = useTranslation('failures')
  const models = useModels((store) => store.models)
  const [choice, setChoice] = useState(firstChoice)
  const [step, setStep] = useState<ExportStep>(choosing)
  const [earlier, setEarlier] = useState<EarlierVersionView[]>([])
  const asked = useRef(0)
  const isThere = useIsThere()

  const [taking, setTaking] = useState(false)
  /** What was asked before is no longer wanted. */
  const reset = () => {
    asked.current += 1
    setStep(choosing)
  }

  const readEarlier = async () => setEarlier(await client.export.earlier())

  /** The question what becomes of a token is open until it is answered. */
  async function show(ask: Ask, shown = { token: null as Token, whole: false }, refused: Sentence | null = null) {
    const mine = ++asked.current
    // The answer is shown as given at once; what is on the screen is not written before main has shown it anew.
    setStep(step.kind === 'preview' ? { ...step, ...shown, busy: true } : { kind: 'looking' })
    try {
      const preview = await ask(shown)
      if (mine === asked.current) setStep({ kind: 'preview', preview, ask, ...shown, busy: false, refused })
    } catch (error) {
      if (mine === asked.current) setStep({ kind: 'choosing', refused: procedureSentence(error, failureText) })
    }
  }

  function look(): void {
    const content = { ...contentOf(choice, models), path: choice.path }
    void show(({ token, whole }) => client.export.preview({ choice: { ...content, token }, whole }))
  }

  function lookAgain(change: { token?: Token; whole?: boolean }): void {
    if (step.kind === 'preview') void show(step.ask, { token: step.token, whole: step.whole, ...change })
  }

  function write(): void {
    if (step.kind !== 'preview') return
    const { preview, ask, token, whole } = step
    const mine = ++asked.current
    // Whoever has chosen something else meanwhile, or has gone elsewhere, goes on with that.
    const isWanted = () => mine === asked.current && isThere()
    const finish = (written: Written) => (isWanted() ? setStep({ kind: 'done', written }) : sayWritten(written))
    setStep({ ...step, busy: true, refused: null })
    client.export.write({ id: preview.id }).then(finish, (error: unknown) => {
      if (!isWanted()) return showFailure(error)
      const sentence = procedureSentence(error, failureText)
      const code = procedureFailure(error)?.code
      // What is there now is shown at once: the next step is to look at it.
      if (code === 'FILE_CHANGED' || code === 'EXPORT_EXPIRED') void show(ask, { token, whole }, sentence)
      else setStep({ ...step, busy: false, refused: sentence })
    })
  }

  return {
    choice,
    step,
    earlier,
    readEarlier: () => attempt(readEarlier),
    /** Another choice makes what is shown untrue. */
    choose: (change: (choice: Choice) => Choice) => {
      asked.current += 1
      setChoice(change)
      setStep(choosing)
    },
    look,
    lookAgain,
    write,
    lookAtEarlier: (id: string) => void show(({ whole }) => client.export.previewEarlier({ id, whole })),
    reset,
    taking,
    /** One at a time: each that goes through the gateway makes a client. */
    take: (how: 'download' | 'copy') => {
      if (taking) return
      setTaking(true)
      attempt(() => take(choice, models, how).finally(() => setTaking(false)))
    },
    chooseFile: () =>
      attempt(async () => {
        const { path } = await client.export.chooseFile({ purpose: 'save' })
        if (path === null) return
        asked.current += 1
        setChoice((now) => ({ ...now, path }))
        setStep(choosing)
      }),
  }
}

function sayWritten({ path, leftover }: Written): void {
  showDone(t('export:done.written', { path }))
  if (leftover !== null) showDone(t('export:done.leftover', { path: leftover }))
}

async function take(choice: Choice, models: Parameters<typeof contentOf>[1], how: 'download' | 'copy'): Promise<void> {
  const { text, fileName, clearedAfterMs } = await client.export.take({ content: contentOf(choice, models), how })
  if (text === null) {
    const span = formatSpan(clearedAfterMs ?? 0, t('failures:locale'), 'long')
    return showDone(t('export:copiedCleared', { span }))
  }
  // A name that begins with a dot is hidden, or changed, by browsers.
  if (how === 'download') return saveText([text], fileName === '.env' ? 'keywheel.env' : fileName)
  await copyText(text, t('export:copied'))
}

/** The lines of a preview with their secrets, from the person's gesture until they hide again. */
export function useRevealed(id: string, whole: boolean) {
  const [shown, setShown] = useState<{ id: string; lines: ExportPreview['lines']; untilMs: number } | null>(null)
  const hide = useCallback(() => setShown(null), [])
  useEffect(() => {
    if (shown === null) return undefined
    const timer = setTimeout(hide, Math.max(0, shown.untilMs - Date.now()))
    const hideUnseen = () => {
      if (document.hidden) hide()
    }
    window.addEventListener('blur', hide)
    window.addEventListener('pagehide', hide)
    document.addEventListener('visibilitychange', hideUnseen)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('blur', hide)
      window.removeEventListener('pagehide', hide)
      document.removeEventListener('visibilitychange', hideUnseen)
    }
  }, [shown, hide])
  const reveal = () =>
    attempt(async () =>
      setShown({ id, lines: await client.export.reveal({ id, whole }), untilMs: Date.now() + shownForMs }),
    )
  // Another preview has other lines.
  return { shown: shown?.id === id ? shown : null, reveal, hide }
}

const shownForMs = 20_000
