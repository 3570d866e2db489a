import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { getFixedT, t } from 'i18next'
import { client } from './client.ts'
import { useConnection } from './connection-store.ts'
import { procedureFailure, procedureSentence } from './failure-message.ts'
import { useVault } from './vault-store.ts'

const undoForMs = 10_000

/** Shows what a call threw, with its next step. While main cannot be heard the shell says so, once for every call. */
export function showFailure(error: unknown): void {
  if (!(error instanceof ORPCError) && useConnection.getState().connection === 'lost') return
  const code = procedureFailure(error)?.code
  // The question whether to open the interface was put aside by the person, who needs not be told.
  if (code === 'INTERFACE_LOCKED') return
  const { cause, next } = procedureSentence(error, getFixedT(null, 'failures'))
  if (code === 'VAULT_CHANGED_ON_DISK') return showConflict(cause, next)
  notifications.show({
    color: 'red',
    title: cause,
    message: next,
    role: 'alert',
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': t('shell:toast.close') },
  })
}

/** Another program wrote the file: which of the two stays is for the person to say. */
function showConflict(cause: string, next: string): void {
  const id = notifications.show({
    color: 'red',
    title: cause,
    role: 'alert',
    autoClose: false,
    closeButtonProps: { 'aria-label': t('shell:toast.close') },
    message: (
      <>
        {next}{' '}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            attempt(() => useVault.getState().take(client.vault.keepOurs()))
          }}
        >
          {t('shell:toast.keepOurs')}
        </Button>
      </>
    ),
  })
}

/** Runs an action that a person asked for; its failure is shown and ends here. */
export function attempt(action: () => Promise<unknown>): void {
  action().catch(showFailure)
}

/** Says what was done. */
export function showDone(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': t('shell:toast.close') } })
}

/** Says what was done, and takes it back on request. */
export function showUndo(message: string, undo: () => Promise<unknown>): void {
  let isAsked = false
  const id = notifications.show({
    autoClose: undoForMs,
    closeButtonProps: { 'aria-label': t('shell:toast.close') },
    message: (
      <span style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12 }}>
        {message}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            // It fades for a moment, and a double click is one request.
            if (isAsked) return
            isAsked = true
            notifications.hide(id)
            attempt(undo)
          }}
        >
          {t('shell:toast.undo')}
        </Button>
      </span>
    ),
  })
}
