import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationId, ConversationSummary, FoundConversation } from '../../../shared/conversation.ts'
import { client } from '../../app/client.ts'
import { canReadConversations, useConversations } from '../../app/conversations-store.ts'
import { askToOpen } from '../../app/interface-lock.ts'
import { attempt, showFailure } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { Notice } from '../../ui/notice.tsx'
import { ConversationRow } from './conversation-row.tsx'
import classes from './conversation-list.module.css'

const searchAfterMs = 200
/** Every row has its menu and its clock: more than a few screens of them would slow the answers beside them. */
const rowsAtOnce = 60

/** The conversations that are kept, the one that was changed last first; a search goes through all that was said. */
export function ConversationList() {
  const { t } = useTranslation('playground')
  const { conversations, damaged, loaded, refresh } = useConversations()
  const [words, setWords] = useState('')
  const [most, setMost] = useState(rowsAtOnce)
  const found = useFound(words)
  const canRead = useVault(({ status }) => canReadConversations(status))
  useEffect(() => {
    if (canRead) attempt(refresh)
  }, [canRead, refresh])
  const shown = found ? conversations.filter(({ id }) => found.has(id)) : conversations
  return (
    <nav className={classes['list']} aria-label={t('list.label')}>
      <TextInput
        type="search"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setWords('')
        }}
      />
      {damaged > 0 && <Notice tone="warn" title={t('list.damaged', { count: damaged })} text={t('list.damagedNext')} />}
      <ul className={classes['rows']} aria-label={t('list.label')}>
        {shown.slice(0, most).map((conversation) => (
          <ConversationRow key={conversation.id} conversation={conversation} found={found?.get(conversation.id)} />
        ))}
      </ul>
      {shown.length > most && (
        <Button size="xs" variant="subtle" onClick={() => setMost(most + rowsAtOnce)}>
          {t('list.more', { count: Math.min(rowsAtOnce, shown.length - most) })}
        </Button>
      )}
      {!canRead && (
        <Notice tone="plain" title={t('list.locked')}>
          <Button size="xs" variant="default" onClick={() => void askToOpen()}>
            {t('list.unlock')}
          </Button>
        </Notice>
      )}
      {loaded && shown.length === 0 && (
        <p className={classes['none']}>{words.trim() === '' ? t('list.empty') : t('list.noMatch')}</p>
      )}
    </nav>
  )
}

interface Found {
  words: string
  /** What the list was when it was searched. */
  list: readonly ConversationSummary[]
  byId: ReadonlyMap<ConversationId, FoundConversation>
}

/** Null while nothing is searched for. Asked again when the list is another. */
function useFound(words: string): Found['byId'] | null {
  const [asked] = useDebouncedValue(words.trim().slice(0, 200), searchAfterMs)
  const list = useConversations((store) => store.conversations)
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    if (asked === '') return undefined
    let isCurrent = true
    client.conversations
      .search({ words: asked })
      .then((hits) => isCurrent && setFound({ words: asked, list, byId: new Map(hits.map((hit) => [hit.id, hit])) }))
      .catch((error: unknown) => isCurrent && showFailure(error))
    return () => {
      isCurrent = false
    }
  }, [asked, list])
  return words.trim() === '' ? null : (found?.byId ?? null)
}
