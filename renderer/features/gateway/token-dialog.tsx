import { Button, Modal } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { MintedClient } from '../../../shared/gateway.ts'
import { copyText } from '../../app/copy-text.ts'
import classes from './gateway.module.css'
import { forgetMinted } from './minted-token.ts'
import { Snippets } from './snippets.tsx'

interface TokenDialogProps {
  minted: MintedClient
  baseUrl: string
}

/** The token, this once, and what to paste where. Without a closing animation: what is put away is gone at once. */
export function TokenDialog({ minted: { client, token }, baseUrl }: TokenDialogProps) {
  const { t } = useTranslation('gateway')
  useEffect(() => forgetMinted, [])
  return (
    <Modal
      opened
      onClose={forgetMinted}
      size="xl"
      title={t('token.title', { name: client.name })}
      transitionProps={{ duration: 0 }}
      // A slip must not take away what is shown only once.
      closeOnClickOutside={false}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': t('token.close'), className: 'kw-by-hand' }}
    >
      <div className={classes['dialog']}>
        <p className={classes['once']}>{t('token.once')}</p>
        <div className={classes['tokenLine']}>
          <code className={classes['token']} translate="no">
            {token}
          </code>
          <Button
            data-autofocus
            leftSection={<IconCopy size={15} aria-hidden="true" />}
            onClick={() => void copyText(token, t('token.copied', { name: client.name }))}
          >
            {t('token.copy')}
          </Button>
        </div>
        <Snippets baseUrl={baseUrl} token={token} allowed={client.allowedModels} />
        <div className={classes['buttons']}>
          <Button variant="default" onClick={forgetMinted}>
            {t('token.kept')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
