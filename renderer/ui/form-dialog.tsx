import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FormButtons } from './form-buttons.tsx'
import classes from './form-dialog.module.css'
import { Dialog } from './dialog.tsx'
import { Unsaved } from './unsaved-note.tsx'
import { useLeave } from './use-leave.ts'

interface FormDialogProps {
  title: string
  /** What the form does, on its button. */
  submit: string
  onSubmit: () => void
  onClose: () => void
  /** Something was filled in that would be lost: leaving asks first, and once. */
  dirty: boolean
  busy?: boolean
  /** There is nothing to submit yet. */
  disabled?: boolean
  /** What is wrong that no field of it is about. */
  error?: string | undefined
  size?: 'md' | 'lg'
  /** Beside the form, and above it: a question that submitting led to. */
  beside?: ReactNode
  children: ReactNode
}

/** A form in a dialogue: its title, its fields, what is wrong, what it does and the way out. */
export function FormDialog(props: FormDialogProps) {
  const {
    title,
    submit,
    onSubmit,
    onClose,
    dirty,
    busy = false,
    disabled = false,
    error,
    size = 'md',
    beside,
    children,
  } = props
  const { t } = useTranslation('shell')
  const { asking, leave, stay } = useLeave({ dirty, busy, onClose })
  return (
    <Dialog onClose={leave} size={size} title={title} closeLabel={t('form.close')}>
      <form
        className={classes['form']}
        noValidate
        onChange={stay}
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        {error !== undefined && (
          <p className={classes['said']} role="alert">
            {error}
          </p>
        )}
        {error === undefined && asking && <Unsaved />}
        <FormButtons
          submit={submit}
          busy={busy}
          disabled={disabled}
          cancel={t(asking ? 'form.discard' : 'form.cancel')}
          onCancel={leave}
        />
      </form>
      {beside}
    </Dialog>
  )
}
