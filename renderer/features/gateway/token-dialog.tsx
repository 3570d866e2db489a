import { Button, Modal } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../../app/copy-text.ts'
import { useGateway } from '../../app/gateway-store.ts'
import { usePresentation } from '../../app/presentation.ts'
import { forgetMinted, useMinted } from '../../app/minted-token.ts'
import classes from './gateway.module.css'
import { Snippets } from './snippets.tsx'
import { useLeaveGuard } from '../../ui/form-dialog.tsx'

/**
 * The token, this once, and what to paste where. It stands beside the views, so that going to another one does not take
 * it away, and has no closing animation: what is put away is gone at once.
 */
export function TokenDialog() {
  const { t } = useTranslation('gateway')
  const minted = useMinted((store) => store.minted)
  const presenting = usePresentation((store) => store.isOn)
  const baseUrl = useGateway((store) => store.status?.baseUrl)
  useLeaveGuard(minted !== null)
  if (minted === null || baseUrl === undefined) return null
  const { client, token } = minted
  // It is copied as it is, and shown to nobody.
  const shown = presenting ? '•'.repeat(12) : token
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
            {shown}
          </code>
          <Button
            data-autofocus
            leftSection={<IconCopy size={15} aria-hidden="true" />}
            onClick={() => void copyText(token, t('token.copied', { name: client.name }))}
          >
            {t('token.copy')}
          </Button>
        </div>
        <Snippets baseUrl={baseUrl} token={presenting ? null : token} allowed={client.allowedModels} />
        <div className={classes['buttons']}>
          <Button variant="default" onClick={forgetMinted}>
            {t('token.kept')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
