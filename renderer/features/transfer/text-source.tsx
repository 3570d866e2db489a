import { Button, FileButton, Textarea } from '@mantine/core'
import type { ReactNode } from 'react'
import { offeredFrom, useImportInbox } from '../../app/import-inbox.ts'
import { attempt } from '../../app/toast.tsx'
import { forgetsOnLeave } from '../../ui/forgetful-field.ts'
import { IconTile } from '../../ui/icon-tile.tsx'
import classes from './text-source.module.css'

function offer(blob: Blob, name: string): void {
  attempt(async () => useImportInbox.getState().offer(await offeredFrom(blob, name)))
}

interface DropFrameProps {
  icon: ReactNode
  title: string
  text: string
  children: ReactNode
}

/** Where a file is dropped or chosen. */
export function DropFrame({ icon, title, text, children }: DropFrameProps) {
  return (
    <section className={classes['drop']}>
      <IconTile>{icon}</IconTile>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  )
}

export function ChooseFile({ label }: { label: string }) {
  return (
    <FileButton onChange={(file) => file !== null && offer(file, file.name)}>
      {(props) => <Button {...props}>{label}</Button>}
    </FileButton>
  )
}

interface PasteFieldProps {
  text: string
  onText: (text: string) => void
  label: string
  placeholder: string
  /** What a pasted text is called where a file's name would stand. */
  name: string
  action: string
  hint?: string
}

/** What is pasted goes to main once, as bytes; a text that was refused stays to be corrected where it is. */
export function PasteField({ text, onText, label, placeholder, name, action, hint }: PasteFieldProps) {
  return (
    <div className={classes['paste']}>
      <Textarea
        ref={forgetsOnLeave}
        label={label}
        placeholder={placeholder}
        classNames={{ input: 'kw-mono' }}
        autosize
        minRows={5}
        maxRows={14}
        spellCheck={false}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <div className={classes['buttons']}>
        <Button disabled={text.trim() === ''} onClick={() => offer(new Blob([text]), name)}>
          {action}
        </Button>
        {hint !== undefined && <span className={classes['dim']}>{hint}</span>}
      </div>
    </div>
  )
}
