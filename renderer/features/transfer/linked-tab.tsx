import { Button, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LinkedDifferences, LinkedFileView } from '../../../shared/linked-file.ts'
import { client } from '../../app/client.ts'
import { oneLine, procedureSentence, refusalSentence, type Sentence } from '../../app/failure-message.ts'
import { fileRefusal } from '../../app/file-failure.ts'
import { useLinkedFiles } from '../../app/linked-files-store.ts'
import { useStart } from '../../app/start.ts'
import { attempt } from '../../app/toast.tsx'
import { formatMoment, formatSentences } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import { LinkedMerge } from './linked-merge.tsx'
import classes from './linked.module.css'

function StateText({ file }: { file: LinkedFileView }) {
  const { t, i18n } = useTranslation('linked')
  const { t: failureText } = useTranslation('failures')
  const { state } = file
  switch (state.kind) {
    case 'in-sync':
      return t('state.in-sync')
    case 'differs': {
      const parts = [
        state.file > 0 ? t('state.file', { count: state.file }) : '',
        state.vault > 0 ? t('state.vault', { count: state.vault }) : '',
        state.conflicts > 0 ? t('state.conflicts', { count: state.conflicts }) : '',
      ]
      return formatSentences(parts, i18n.language)
    }
    case 'missing':
      return t('state.missing')
    case 'refused':
      return oneLine(fileRefusal(state.reason, failureText), failureText)
    case 'damaged':
    default:
      return t('state.damaged', { cause: refusalSentence(state.refusal, failureText).cause })
  }
}

interface FileRowProps {
  file: LinkedFileView
  onOpen: () => void
  onUnlink: () => void
}

function FileRow({ file, onOpen, onUnlink }: FileRowProps) {
  const { t, i18n } = useTranslation('linked')
  return (
    <li className={classes['file']}>
      <div className={classes['about']}>
        <span className={classes['path']}>{file.path}</span>
        <span className={classes['state']} data-kind={file.state.kind}>
          <StateText file={file} />
        </span>
        <span className={classes['dim']}>{t('synced', { when: formatMoment(file.syncedAtMs, i18n.language) })}</span>
      </div>
      {file.state.kind === 'differs' && (
        <Button size="compact-sm" aria-label={t('openOf', { path: file.path })} onClick={onOpen}>
          {t('open')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" aria-label={t('unlinkOf', { path: file.path })} onClick={onUnlink}>
        {t('unlink')}
      </Button>
    </li>
  )
}

/** Watches one more file; what is wrong with its path is said beside it. */
function AddFile() {
  const { t } = useTranslation('linked')
  const { t: failureText } = useTranslation('failures')
  const canChoose = useStart((store) => store.info?.canChooseFile === true)
  const [path, setPath] = useState('')
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Sentence | null>(null)

  async function add(): Promise<void> {
    setBusy(true)
    setRefused(null)
    try {
      await client.linked.add({ path })
      setPath('')
      await useLinkedFiles.getState().refresh()
    } catch (error) {
      setRefused(procedureSentence(error, failureText))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className={classes['add']}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextInput
        label={t('path')}
        description={t('pathText')}
        placeholder={t('pathExample')}
        classNames={{ input: 'kw-mono' }}
        spellCheck={false}
        autoComplete="off"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      {canChoose && (
        <Button
          h={36}
          variant="default"
          onClick={() =>
            attempt(async () => {
              const chosen = await client.export.chooseFile({ purpose: 'open' })
              if (chosen.path !== null) setPath(chosen.path)
            })
          }
        >
          {t('chooseFile')}
        </Button>
      )}
      <Button h={36} type="submit" loading={busy} disabled={path.trim() === ''}>
        {t('watch')}
      </Button>
      {refused !== null && (
        <div className={classes['refused']}>
          <Notice tone="danger" urgent title={refused.cause} text={refused.next} />
        </div>
      )}
    </form>
  )
}

/** A file can change where nobody is told of it, so it is looked at when a person comes back to it. */
function useChecks(): void {
  useEffect(() => {
    const check = () =>
      void useLinkedFiles
        .getState()
        .check()
        .catch(() => undefined)
    check()
    window.addEventListener('focus', check)
    return () => window.removeEventListener('focus', check)
  }, [])
}

/** Files that are watched, and what they and the vault differ in. */
export function LinkedTab() {
  const { t } = useTranslation('linked')
  const files = useLinkedFiles((store) => store.files)
  const [differences, setDifferences] = useState<LinkedDifferences | null>(null)
  useChecks()
  const open = (id: string) => attempt(async () => setDifferences(await client.linked.differences({ id })))
  const unlink = (id: string) =>
    attempt(async () => {
      await client.linked.remove({ id })
      if (differences?.id === id) setDifferences(null)
      await useLinkedFiles.getState().refresh()
    })
  return (
    <div className={classes['view']}>
      <Panel title={t('title')}>
        {files.length === 0 && <p className={classes['dim']}>{t('empty')}</p>}
        <ul className={classes['files']} aria-label={t('title')}>
          {files.map((file) => (
            <FileRow key={file.id} file={file} onOpen={() => open(file.id)} onUnlink={() => unlink(file.id)} />
          ))}
        </ul>
        <AddFile />
      </Panel>
      {differences !== null && differences.rows.length > 0 && (
        <LinkedMerge
          key={differences.mark}
          differences={differences}
          onDone={() => {
            setDifferences(null)
            attempt(() => useLinkedFiles.getState().refresh())
          }}
          onStale={() => open(differences.id)}
          onCancel={() => setDifferences(null)}
        />
      )}
    </div>
  )
}
