import { ActionIcon } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { versionsOf } from '../../../shared/message-tree.ts'
import type { ChatPane, Message } from './pane.ts'
import classes from './playground.module.css'
import { playground } from './use-playground.ts'

interface BranchSwitchProps {
  pane: ChatPane
  message: Message
  /** What there is more than one of. */
  label: string
}

/** Only a message more makes another branch. */
export const hasSameBranches = (one: ChatPane, other: ChatPane): boolean =>
  one.messages.length === other.messages.length && one.chosen === other.chosen

/** ‹ 2 / 3 ›: the versions of a message, each with all that followed it. */
export function BranchSwitch({ pane, message, label }: BranchSwitchProps) {
  const { t } = useTranslation('playground')
  const { ids, index } = versionsOf<Message>(pane, message)
  if (ids.length < 2) return null
  const to = (place: number) => {
    const id = ids[place]
    if (id !== undefined) playground.getState().choose(pane.id, id)
  }
  return (
    <div className={classes['branches']} role="group" aria-label={label}>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('branch.previous')}
        disabled={index === 0}
        onClick={() => to(index - 1)}
      >
        <IconChevronLeft size={14} aria-hidden="true" />
      </ActionIcon>
      <span aria-live="polite">{t('branch.place', { place: index + 1, count: ids.length })}</span>
      <ActionIcon
        size="sm"
        variant="subtle"
        color="gray"
        aria-label={t('branch.next')}
        disabled={index === ids.length - 1}
        onClick={() => to(index + 1)}
      >
        <IconChevronRight size={14} aria-hidden="true" />
      </ActionIcon>
    </div>
  )
}
