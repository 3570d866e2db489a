import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClientView } from '../../../shared/gateway.ts'
import { attempt } from '../../app/toast.tsx'
import { revokeClient, rotateClient } from './client-actions.ts'
import classes from './gateway.module.css'
import { Question } from '../../ui/question.tsx'

interface ClientQuestionProps {
  client: ClientView
  onClose: () => void
}

interface FrameProps extends ClientQuestionProps {
  title: string
  confirm: string
  run: () => Promise<void>
  children: ReactNode
}

/** With what stops working before the person's eyes. */
function ClientQuestion({ title, confirm, run, children, onClose }: FrameProps) {
  const { t } = useTranslation('gateway')
  const [busy, setBusy] = useState(false)
  const go = () =>
    attempt(async () => {
      setBusy(true)
      await run().finally(() => setBusy(false))
      onClose()
    })
  return (
    <Question grave title={title} confirm={confirm} cancel={t('cancel')} busy={busy} onConfirm={go} onClose={onClose}>
      {children}
    </Question>
  )
}

/** Who stops being served: whoever has the token, what it is waiting for now, and the file that holds it. */
function Consequences({ client, text }: { client: ClientView; text: string }) {
  const { t } = useTranslation('gateway')
  return (
    <>
      <p>{text}</p>
      {(client.inFlight > 0 || client.forFile !== null) && (
        <ul className={classes['consequences']}>
          {client.inFlight > 0 && <li>{t('revoke.inFlight', { count: client.inFlight })}</li>}
          {client.forFile !== null && <li>{t('revoke.file', { file: client.forFile })}</li>}
        </ul>
      )}
    </>
  )
}

export function RevokeQuestion({ client, onClose }: ClientQuestionProps) {
  const { t } = useTranslation('gateway')
  const { name, tokenLastFour } = client
  return (
    <ClientQuestion
      client={client}
      title={t('revoke.title', { name })}
      confirm={t('revoke.confirm')}
      run={() => revokeClient(client)}
      onClose={onClose}
    >
      <Consequences client={client} text={t('revoke.text', { lastFour: tokenLastFour })} />
    </ClientQuestion>
  )
}

export function RotateQuestion({ client, onClose }: ClientQuestionProps) {
  const { t } = useTranslation('gateway')
  const { name, tokenLastFour } = client
  return (
    <ClientQuestion
      client={client}
      title={t('rotate.title', { name })}
      confirm={t('rotate.confirm')}
      run={() => rotateClient(client)}
      onClose={onClose}
    >
      <Consequences client={client} text={t('rotate.text', { lastFour: tokenLastFour })} />
    </ClientQuestion>
  )
}
