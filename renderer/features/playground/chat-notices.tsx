import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { oneLine, procedureSentence } from '../../app/failure-message.ts'
import { maxMessageLength, maxRequestBytes } from '../../../shared/chat-limits.ts'
import { useConversations } from '../../app/conversations-store.ts'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import { formatBytes } from '../../ui/format-bytes.ts'
import { formatInteger } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { readExtra } from './extra-fields.ts'
import classes from './playground.module.css'
import { keeper, usePlayground, useSaving } from './use-playground.ts'

/** What stands in the way of sending or keeping, each with its next step. */
export function ChatNotices() {
  return (
    <div className={classes['notices']}>
      <RefusalNotice />
      <ExtraNotice />
      <CopyNotice />
      <SaveNotice />
      <MemoryNotice />
    </div>
  )
}

function RefusalNotice() {
  const { t, i18n } = useTranslation('playground')
  const refusal = usePlayground((state) => state.refusal)
  const notice = (title: string, text: string) => <Notice tone="warn" urgent title={title} text={text} />
  switch (refusal?.kind) {
    case 'empty':
      return notice(t('refusal.empty'), t('refusal.emptyNext'))
    case 'long': {
      const [characters, most] = [refusal.characters, maxMessageLength].map((n) => formatInteger(n, i18n.language))
      return notice(t('refusal.long', { characters, most }), t('refusal.longNext'))
    }
    case 'large': {
      const [size, most] = [refusal.bytes, maxRequestBytes].map((n) => formatBytes(n, i18n.language))
      return notice(
        t('refusal.large', { size, most }),
        t(refusal.hasImages ? 'refusal.largeImagesNext' : 'refusal.largeNext'),
      )
    }
    case undefined:
      break
  }
  return null
}

function ExtraNotice() {
  const { t } = useTranslation('playground')
  const { problem } = readExtra(usePlayground((state) => state.extra))
  const setExtra = usePlayground((state) => state.setExtra)
  if (!problem) return null
  return (
    <Notice tone="warn" title={t('refusal.extra')} text={t('refusal.extraNext')}>
      <Button size="xs" variant="default" onClick={() => setExtra('')}>
        {t('refusal.extraReset')}
      </Button>
    </Notice>
  )
}

function CopyNotice() {
  const { t } = useTranslation('playground')
  const isCopy = useSaving((store) => store.isCopy)
  if (!isCopy) return null
  return (
    <Notice tone="warn" urgent title={t('saving.copy')} text={t('saving.copyNext')}>
      <Button size="xs" variant="default" onClick={() => useSaving.setState({ isCopy: false })}>
        {t('saving.copyRead')}
      </Button>
    </Notice>
  )
}

function SaveNotice() {
  const { t } = useTranslation('playground')
  const { t: failures } = useTranslation('failures')
  const problem = useSaving((store) => store.problem)
  if (problem === null) return null
  return (
    <Notice
      tone="danger"
      urgent
      title={t('saving.failed')}
      text={oneLine(procedureSentence(problem, failures), failures)}
    >
      <Button size="xs" variant="default" onClick={() => void keeper.flush()}>
        {t('saving.again')}
      </Button>
    </Notice>
  )
}

function MemoryNotice() {
  const { t } = useTranslation('playground')
  const isOnlyInMemory = useConversations(({ loaded, kept }) => loaded && kept === 'memory')
  const hasMessages = usePlayground(({ panes }) => panes.some(({ messages }) => messages.length > 0))
  const withVault = useVaultSetup((store) => store.withVault)
  if (!isOnlyInMemory || !hasMessages) return null
  return (
    <Notice tone="plain" title={t('saving.memory')} text={t('saving.memoryNext')}>
      <Button size="xs" variant="default" onClick={() => withVault(() => undefined)}>
        {t('saving.makeVault')}
      </Button>
    </Notice>
  )
}
