import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { getFixedT, t } from 'i18next'
import { useConnection } from './connection-store.ts'
import { procedureSentence } from './failure-message.ts'

const undoForMs = 10_000

/** Shows what a call threw, with its next step. While main cannot be heard the shell says so, once for every call. */
export function showFailure(error: unknown): void {
  if (!(error instanceof ORPCError) && useConnection.getState().connection === 'lost') return
  const { cause, next } = procedureSentence(error, getFixedT(null, 'failures'))
  notifications.show({
    color: 'red',
    title: cause,
    message: next,
    role: 'alert',
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': t('shell:toast.close') },
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
