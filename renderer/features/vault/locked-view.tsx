import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Opener } from '../../../shared/vault.ts'
import { useGateway } from '../../app/gateway-store.ts'
import { useModels } from '../../app/models-store.ts'
import { useVault } from '../../app/vault-store.ts'
import { OpenerForm } from './opener-form.tsx'
import { unlockWays } from './opener-ways.ts'
import classes from './vault.module.css'
import { VaultPage } from './vault-page.tsx'

async function unlock(opener: Opener): Promise<void> {
  await useVault.getState().unlock(opener)
  await useModels.getState().refresh()
}

/** Nothing of the vault is shown until something that opens it was given. */
export function LockedView() {
  const { t } = useTranslation('vault')
  const status = useVault((store) => store.status)
  const gatewayIsOn = useGateway((store) => store.status?.state.kind === 'on')
  if (status === null) return null
  const ways = unlockWays(status)
  return (
    <VaultPage>
      <main className={classes['lock']}>
        <div className={classes['card']}>
          <div className={classes['icon']} aria-hidden="true">
            <IconLock size={22} />
          </div>
          <h1>{t('locked.title')}</h1>
          <p>{t(ways[0] === 'protector' ? 'locked.textProtector' : 'locked.text')}</p>
          {gatewayIsOn && <p>{t('locked.gatewayOn')}</p>}
          {ways.length === 0 ? (
            <p className={classes['error']}>{t('locked.nothingHere')}</p>
          ) : (
            <OpenerForm ways={ways} submit={t('locked.unlock')} onOpen={unlock} />
          )}
        </div>
      </main>
    </VaultPage>
  )
}
