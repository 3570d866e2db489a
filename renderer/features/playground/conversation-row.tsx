import { ActionIcon, Menu, TextInput } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationSummary, FoundConversation } from '../../../shared/conversation.ts'
import { formatShortMoment } from '../../ui/format.ts'
import { focused } from '../../ui/focused.ts'
import { isComposing } from '../../ui/is-composing.ts'
import { useNow } from '../../ui/use-now.ts'
import { visibleText } from '../../ui/visible-text.ts'
import {
  deleteConversation,
  exportConversation,
  openConversation,
  renameConversation,
  type ExportWords,
} from './conversation-actions.ts'
import classes from './conversation-list.module.css'
import { usePlayground } from './use-playground.ts'

interface ConversationRowProps {
  conversation: ConversationSummary
  /** Where the words stand that are searched for. */
  found: FoundConversation | undefined
}

export function ConversationRow({ conversation, found }: ConversationRowProps) {
  const { t } = useTranslation('playground')
  const isCurrent = usePlayground(({ conversation: { id }, opening }) => (opening ?? id) === conversation.id)
  const [isRenaming, setRenaming] = useState(false)
  const title = visibleText(conversation.title) || t('list.untitled')
  if (isRenaming) {
    return (
      <li className={classes['row']}>
        <RenameField conversation={conversation} onClose={() => setRenaming(false)} />
      </li>
    )
  }
  return (
    <li className={classes['row']}>
      <button
        type="button"
        className={classes['open']}
        aria-current={isCurrent}
        title={title}
        onClick={() => openConversation(conversation.id)}
      >
        <span className={classes['title']}>{title}</span>
        {found && found.match !== '' ? <Snippet found={found} /> : <Facts conversation={conversation} />}
      </button>
      <RowMenu conversation={conversation} title={title} onRename={() => setRenaming(true)} />
    </li>
  )
}

function Snippet({ found }: { found: FoundConversation }) {
  return (
    <span className={classes['snippet']}>
      {visibleText(found.before)}
      <mark>{visibleText(found.match)}</mark>
      {visibleText(found.after)}
    </span>
  )
}

function Facts({ conversation }: { conversation: ConversationSummary }) {
  const { t, i18n } = useTranslation('playground')
  const nowMs = useNow()
  const [model, ...others] = conversation.models
  return (
    <span className={classes['facts']}>
      <span>{formatShortMoment(conversation.updatedAtMs, nowMs, i18n.language)}</span>
      <span>{t('list.messages', { count: conversation.messages })}</span>
      {model !== undefined && (
        <span className={classes['model']}>
          {others.length === 0
            ? visibleText(model)
            : t('list.models', { model: visibleText(model), count: others.length })}
        </span>
      )}
    </span>
  )
}

interface RowMenuProps {
  conversation: ConversationSummary
  title: string
  onRename: () => void
}

function RowMenu({ conversation: { id }, title, onRename }: RowMenuProps) {
  const { t, i18n } = useTranslation('playground')
  const words: ExportWords = {
    you: t('you'),
    reasoning: t('export.reasoning'),
    untitled: t('list.untitled'),
    language: i18n.language,
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" className={classes['menu']} aria-label={t('list.menu', { title })}>
          <IconDots size={16} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onRename}>{t('list.rename')}</Menu.Item>
        <Menu.Item onClick={() => exportConversation(id, 'markdown', words)}>{t('export.markdown')}</Menu.Item>
        <Menu.Item onClick={() => exportConversation(id, 'json', words)}>{t('export.json')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" onClick={() => deleteConversation(id, t('list.deleted', { title }))}>
          {t('list.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function RenameField({ conversation, onClose }: { conversation: ConversationSummary; onClose: () => void }) {
  const { t } = useTranslation('playground')
  const [title, setTitle] = useState(conversation.title)
  const save = () => {
    if (title.trim() !== '' && title !== conversation.title) renameConversation(conversation.id, title)
    onClose()
  }
  const press = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key === 'Enter') save()
    if (event.key === 'Escape') onClose()
  }
  return (
    <TextInput
      aria-label={t('list.name')}
      ref={focused}
      maxLength={200}
      value={title}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTitle(event.currentTarget.value)}
      onKeyDown={press}
      onBlur={save}
    />
  )
}
