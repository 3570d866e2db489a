import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Dialog } from './dialog.tsx'
import classes from './question.module.css'

interface QuestionProps {
  title: string
  /** What follows from a yes. */
  children: ReactNode
  confirm: string
  cancel: string
  /** A yes takes something away, and says so by its colour. */
  grave?: boolean
  busy?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more before something is done. Who only presses Enter changes nothing: the way out has the focus. */
export function Question(props: QuestionProps) {
  const { title, children, confirm, cancel, grave = false, busy = false, onConfirm, onClose } = props
  return (
    <Dialog onClose={onClose} title={title} closeLabel={cancel}>
      <div className={classes['text']}>{children}</div>
      <div className={classes['buttons']}>
        <Button {...(grave ? { color: 'red' } : {})} loading={busy} onClick={onConfirm}>
          {confirm}
        </Button>
        <Button variant="default" data-autofocus onClick={onClose}>
          {cancel}
        </Button>
      </div>
    </Dialog>
  )
}
