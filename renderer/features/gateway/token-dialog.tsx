import { Button } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MintedClient } from '../../../shared/gateway.ts'
import { copyText } from '../../app/copy-text.ts'
import { useGateway } from '../../app/gateway-store.ts'
import { usePresentation } from '../../app/presentation.ts'
import { forgetMinted, useMinted } from '../../app/minted-token.ts'
import classes from './gateway.module.css'
import { Snippets } from './snippets.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useLeaveGuard } from '../../ui/use-leave.ts'

/**
 * The token, this once, and what to paste where. It stands beside the views, so that going to another one does not take
 * it away, and has no closing animation: what is put away is gone at once.
 */
export function TokenDialog() {
  const minted = useMinted((store) => store.minted)
  return minted === null ? null : <Shown key={minted.token} minted={minted} />
}

/** The cross asks once about a token that was not copied; the button below says that it was kept. */
function useCross() {
  const [isCopied, setCopied] = useState(false)
  const [asking, setAsking] = useState(false)
  return {
    asking: asking && !isCopied,
    cross: () => (isCopied || asking ? forgetMinted() : setAsking(true)),
    copied: () => setCopied(true),
  }
}

function Shown({ minted: { client, token } }: { minted: MintedClient }) {
  const { t } = useTranslation('gateway')
  const presenting = usePresentation((store) => store.isOn)
  const baseUrl = useGateway((store) => store.status?.baseUrl)
  const { asking, cross, copied } = useCross()
  useLeaveGuard(true)
  if (baseUrl === undefined) return null
  // It is copied as it is, and shown to nobody.
  const shown = presenting ? '•'.repeat(12) : token
  return (
    <Dialog
      onClose={cross}
      size="xl"
      title={t('token.title', { name: client.name })}
      transitionProps={{ duration: 0 }}
      byHand
      closeLabel={t('token.close')}
    >
      <div className={classes['dialog']}>
        <p className={classes['once']}>{t('token.once')}</p>
        <div className={classes['tokenLine']}>
          <code className={classes['token']} translate="no" onCopy={copied}>
            {shown}
          </code>
          <Button
            data-autofocus
            leftSection={<IconCopy size={15} aria-hidden="true" />}
            onClick={() => {
              void copyText(token, t('token.copied', { name: client.name })).then((isCopied) => isCopied && copied())
            }}
          >
            {t('token.copy')}
          </Button>
        </div>
        <Snippets baseUrl={baseUrl} token={presenting ? null : token} allowed={client.allowedModels} />
        {asking && (
          <p className={classes['error']} role="alert">
            {t('token.notCopied')}
          </p>
        )}
        <div className={classes['buttons']}>
          <Button variant="default" onClick={forgetMinted}>
            {t('token.kept')}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
