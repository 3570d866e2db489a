import { Button } from '@mantine/core'
import { IconMasksTheater } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RehearsalView } from '../../shared/rehearsal.ts'
import { client } from './client.ts'
import classes from './rehearsal-banner.module.css'
import { useRehearsal } from './rehearsal-store.ts'
import { hrefOf } from './router.ts'
import { attempt } from './toast.tsx'

/** Nobody takes what is played for what happens: it is said on every view, as long as it is so. */
export function RehearsalBanner() {
  const rehearsal = useRehearsal((store) => store.status?.rehearsal ?? null)
  return rehearsal && <Banner rehearsal={rehearsal} />
}

function Banner({ rehearsal }: { rehearsal: RehearsalView }) {
  const { t } = useTranslation('rehearsal')
  const { modelName: model, plays, includesGateway } = rehearsal
  const reach = plays === 'scenario' ? 'scenario' : includesGateway ? 'gateway' : 'playground'
  return (
    <aside className={classes['banner']} aria-label={t('banner.label')}>
      <IconMasksTheater size={16} aria-hidden="true" />
      <p className={classes['text']}>
        <strong>{t('banner.title', { model })}</strong> {t(`banner.${reach}`)}
      </p>
      <a href={hrefOf('playground', 'rehearsal')}>{t('banner.open')}</a>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => attempt(() => useRehearsal.getState().become(client.rehearsal.end()))}
      >
        {t('banner.end')}
      </Button>
    </aside>
  )
}
