import { Button } from '@mantine/core'
import classes from './form-buttons.module.css'

interface FormButtonsProps {
  submit: string
  cancel: string
  onCancel: () => void
  busy?: boolean
  /** There is nothing to submit yet. */
  disabled?: boolean
}

/** The end of a form in a dialogue: what it does, and the way out. */
export function FormButtons({ submit, cancel, onCancel, busy = false, disabled = false }: FormButtonsProps) {
  return (
    <div className={classes['buttons']}>
      <Button type="submit" loading={busy} disabled={disabled}>
        {submit}
      </Button>
      <Button variant="default" onClick={onCancel}>
        {cancel}
      </Button>
    </div>
  )
}
