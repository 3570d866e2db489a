import { Button, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldSentences } from '../../app/failure-message.ts'
import { useGateway } from '../../app/gateway-store.ts'
import { showFailure } from '../../app/toast.tsx'
import { Unsaved } from '../../ui/unsaved-note.tsx'
import { useLeave } from '../../ui/use-leave.ts'
import classes from './gateway.module.css'
import { readPort } from './port.ts'

interface PortFormProps {
  port: number
  on: boolean
}

/** The port, and a form to choose another; whether that one could be had, main says in the gateway's state. */
export function PortForm({ port, on }: PortFormProps) {
  const { t } = useTranslation('gateway')
  const [open, setOpen] = useState(false)
  if (open) return <PortField port={port} on={on} onClose={() => setOpen(false)} />
  return (
    <>
      <span>{port}</span>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {t('address.changePort')}
      </Button>
    </>
  )
}

function PortField({ port, on, onClose }: PortFormProps & { onClose: () => void }) {
  const { t } = useTranslation('gateway')
  const { t: failureText } = useTranslation('failures')
  const { t: shellText } = useTranslation('shell')
  const switchTo = useGateway((store) => store.switchTo)
  const [text, setText] = useState(String(port))
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const hintId = useId()
  const { asking, leave, stay } = useLeave({ dirty: text.trim() !== String(port), busy, onClose })
  const save = async () => {
    const wanted = readPort(text)
    if (wanted === null) return setError(failureText('field.port_range'))
    if (wanted === port) return onClose()
    setBusy(true)
    try {
      await switchTo({ on, port: wanted })
      onClose()
    } catch (failure) {
      const wrong = fieldSentences(failure, failureText)
      if (wrong === null) showFailure(failure)
      else setError(wrong['port'] ?? failureText('field.other'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className={classes['portForm']}
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextInput
        size="xs"
        w={80}
        inputMode="numeric"
        autoComplete="off"
        aria-label={t('address.port')}
        aria-describedby={hintId}
        ref={focusOnce}
        value={text}
        error={error !== null}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave()
        }}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setError(null)
          stay()
        }}
      />
      <Button type="submit" size="compact-sm" loading={busy}>
        {t('address.savePort')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={leave}>
        {asking ? shellText('form.discard') : t('cancel')}
      </Button>
      <span id={hintId} className={error === null ? classes['dim'] : classes['error']} role="status">
        {error ?? t(on ? 'address.portHintOn' : 'address.portHint', { port })}
      </span>
      {asking && <Unsaved />}
    </form>
  )
}

/** The field takes the place of the button that was pressed, and so its focus. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus()
  field?.select()
}
