import { ActionIcon, Button, FileButton, Switch, Textarea } from '@mantine/core'
import { IconPhotoPlus, IconPlayerStopFilled, IconSend2 } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatContent, ChatMessage, ChatParameters, ImagePart } from '../../../shared/chat.ts'
import type { ModelView } from '../../../shared/model.ts'
import { useSettings } from '../../app/settings-store.ts'
import { attempt } from '../../app/toast.tsx'
import { isComposing } from '../../ui/is-composing.ts'
import classes from './composer.module.css'
import { CopyAs } from './copy-as/copy-as.tsx'
import { contentOf } from './draft.ts'
import { ImageNotes } from './images/image-notes.tsx'
import { ImageProblems } from './images/image-problems.tsx'
import { ImageStrip } from './images/image-strip.tsx'
import { namedFiles, useDroppedImages } from './images/use-dropped-images.ts'
import { draft, useDraft } from './page-draft.ts'
import { TokenLine } from './tokens/token-line.tsx'

export interface ComposerProps {
  /** What a message goes to: one, or several side by side. */
  models: readonly ModelView[]
  isRunning: boolean
  /** What goes before it: the system prompt and the conversation so far. */
  earlier: readonly ChatMessage[]
  parameters: ChatParameters
  /** Tells whether the message was taken. */
  onSend: (content: ChatContent) => boolean
  onStop: () => void
  onEdit: () => void
}

/** A field that is measured by a script has the whole page laid out for every letter, also while answers stream. */
const growsByItself = CSS.supports('field-sizing', 'content')
const fieldClasses = { root: classes['field'] ?? '', input: classes['input'] ?? '' }

/** Enter sends, Shift+Enter makes a new line, Escape stops; an input method's Enter only ends its own word. */
export function Composer({ models, isRunning, earlier, parameters, onSend, onStop, onEdit }: ComposerProps) {
  const { t } = useTranslation('prompt')
  const text = useDraft((state) => state.text)
  const images = useDraft((state) => state.images)
  const { setText, add, remove, clear } = draft.getState()
  const field = useRef<HTMLTextAreaElement>(null)
  const isOver = useDroppedImages()
  const content = useMemo(() => contentOf(text, images), [text, images])
  const isEmpty = text.trim() === '' && images.length === 0
  useStopByEscape(isRunning, onStop)

  const send = () => {
    if (onSend(content)) clear()
  }
  const removeImage = (image: ImagePart) => {
    remove(image)
    onEdit()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return
    event.preventDefault()
    send()
  }
  const paste = (event: ClipboardEvent) => {
    const { files, types } = event.clipboardData
    // A word processor puts a picture of its text beside the text.
    if (files.length === 0 || types.includes('text/plain')) return
    event.preventDefault()
    void add(namedFiles(files))
  }
  return (
    <div className={classes['composer']} data-composer="" data-over={isOver || undefined}>
      <ImageProblems />
      {images.length > 0 && <ImageNotes models={models} />}
      <ImageStrip images={images} onRemove={removeImage} />
      <div className={classes['row']}>
        <AttachButton />
        <Textarea
          ref={field}
          classNames={fieldClasses}
          aria-label={t('label')}
          placeholder={isOver ? t('dropHere') : t('placeholder')}
          rows={1}
          autosize={!growsByItself}
          maxRows={8}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            onEdit()
          }}
          onKeyDown={press}
          onPaste={paste}
        />
        <Button
          onClick={({ detail: clicks }) => {
            // The second click of a double click on Send finds Stop in its place, and does not mean it.
            if (isRunning && clicks < 2) onStop()
            else if (!isRunning) send()
            field.current?.focus()
          }}
          variant={isRunning || isEmpty ? 'default' : 'filled'}
          title={isRunning ? t('stopHint') : undefined}
          leftSection={isRunning ? <IconPlayerStopFilled size={14} /> : <IconSend2 size={15} />}
        >
          {isRunning ? t('stop') : t('send')}
        </Button>
      </div>
      <div className={classes['foot']}>
        {!isRunning && <TokenLine models={models} earlier={earlier} content={content} parameters={parameters} />}
        <span className={classes['spacer']} />
        <FormulaSwitch />
        <CopyAs models={models} earlier={earlier} content={isEmpty ? '' : content} parameters={parameters} />
      </div>
    </div>
  )
}

function useStopByEscape(isRunning: boolean, onStop: () => void): void {
  useEffect(() => {
    if (!isRunning) return undefined
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onStop()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [isRunning, onStop])
}

function AttachButton() {
  const { t } = useTranslation('prompt')
  const resetRef = useRef<() => void>(null)
  const take = (files: File[]) => {
    // The same file can be chosen again after it was removed.
    resetRef.current?.()
    void draft.getState().add(namedFiles(files))
  }
  return (
    <FileButton multiple accept="image/png,image/jpeg,image/webp,image/gif" resetRef={resetRef} onChange={take}>
      {(props) => (
        <ActionIcon {...props} variant="default" size={36} aria-label={t('image.add')} title={t('image.addHint')}>
          <IconPhotoPlus size={17} aria-hidden="true" />
        </ActionIcon>
      )}
    </FileButton>
  )
}

function FormulaSwitch() {
  const { t } = useTranslation('prompt')
  const isOn = useSettings(({ settings }) => settings.formulas)
  return (
    <Switch
      size="xs"
      label={t('formulas')}
      title={t('formulasHint')}
      checked={isOn}
      onChange={(event) => {
        const formulas = event.currentTarget.checked
        attempt(() => useSettings.getState().change({ formulas }))
      }}
    />
  )
}
