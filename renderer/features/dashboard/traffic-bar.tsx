import { Button } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconSend } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { formatInteger } from '../../ui/format.ts'
import classes from './traffic.module.css'
import { useTraffic } from './traffic-store.ts'

/** For the simulator's model only: requests without a real key, to watch the rotation with. */
export function TrafficBar({ model }: { model: ModelView }) {
  const { t, i18n } = useTranslation('dashboard')
  const { modelId, sent, unanswered, run, burst, stop } = useTraffic()
  const counted = (count: number) => ({ count, formatted: formatInteger(count, i18n.language) })
  const running = modelId !== null
  return (
    <section className={classes['traffic']} aria-label={t('traffic.label')}>
      <p>
        <strong>{t('traffic.label')}</strong> <span className={classes['faint']}>{t('traffic.about')}</span>
      </p>
      {sent > 0 && (
        <p className={classes['faint']}>
          {t('traffic.sending', counted(sent))}
          {unanswered > 0 && ` · ${t('traffic.failed', counted(unanswered))}`}
        </p>
      )}
      <div className={classes['trafficButtons']}>
        {running ? (
          <Button size="xs" variant="default" leftSection={<IconPlayerStop size={14} />} onClick={stop}>
            {t('traffic.stop')}
          </Button>
        ) : (
          <Button size="xs" leftSection={<IconPlayerPlay size={14} />} onClick={() => run(model.id)}>
            {t('traffic.start')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          disabled={running}
          leftSection={<IconSend size={14} />}
          onClick={() => burst(model.id)}
        >
          {t('traffic.burst')}
        </Button>
      </div>
    </section>
  )
}
