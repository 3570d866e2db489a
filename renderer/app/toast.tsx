import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { getFixedT, t } from 'i18next'
import { client } from './client.ts'
import { useConnection } from './connection-store.ts'
import { procedureFailure, procedureSentence } from './failure-message.ts'
import { lastOffered, remember, takeBack, useNotices } from './notices.ts'
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
  remember({ tone: 'failure', text: cause, next })
  notifications.show({
    color: 'red',
    title: cause,
    message: next,
    role: 'alert',
    autoClose: 10_000,
    closeButtonProps: { 'aria-label': t('shell:toast.close') },
  })
}

/** For what the page reads by itself: that the vault was locked in the meantime is plain to see. */
export function showReadFailure(error: unknown): void {
  if (procedureFailure(error)?.code !== 'VAULT_LOCKED') showFailure(error)
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
  remember({ tone: 'done', text: message })
  notifications.show({ message, closeButtonProps: { 'aria-label': t('shell:toast.close') } })
}

/** A small change that is plain to see needs no words; it can be taken back all the same. */
export const noteUndo = (message: string, undo: () => Promise<unknown>): void =>
  void remember({ tone: 'done', text: message, undo })

const toastOf = (noticeId: number) => `notice-${noticeId}`

/** Takes back what a notice told of, and says so. */
export function undoNotice(noticeId: number): void {
  notifications.hide(toastOf(noticeId))
  attempt(async () => {
    const notice = await takeBack(noticeId)
    if (notice === null) return
    notifications.show({
      message: t('shell:toast.undone', { what: notice.text }),
      closeButtonProps: { 'aria-label': t('shell:toast.close') },
    })
  })
}

export function undoLast(): void {
  const last = lastOffered(useNotices.getState().notices)
  if (last !== undefined) undoNotice(last.id)
}

/** Says what was done, and takes it back on request. */
export function showUndo(message: string, undo: () => Promise<unknown>): void {
  const noticeId = remember({ tone: 'done', text: message, undo })
  notifications.show({
    id: toastOf(noticeId),
    autoClose: undoForMs,
    closeButtonProps: { 'aria-label': t('shell:toast.close') },
    message: (
      <span style={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 12 }}>
        {message}
        <Button size="compact-sm" variant="default" onClick={() => undoNotice(noticeId)}>
          {t('shell:toast.undo')}
        </Button>
      </span>
    ),
  })
}
