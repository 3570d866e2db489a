import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { Notice } from '../../ui/notice.tsx'
import { restoreSecret } from './key-actions.ts'
import { masked } from './masked.ts'
import { testKeys, useKeyTests } from './key-tests.ts'
import classes from './models.module.css'

const shownAtOnce = 3

/** A replaced key is not gone before the new one has shown that it works. */
export function ReplacedNotices({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  const testing = useKeyTests((store) => store.running)
  const replaced = model.keys.filter((key) => key.replaced !== null)
  if (replaced.length === 0) return null
  return (
    <div className={classes['banners']}>
      {replaced.slice(0, shownAtOnce).map((key) => {
        const old = masked(key.replaced?.lastFour ?? '')
        return (
          <Notice
            key={key.id}
            tone="plain"
            title={t('keptSecret.title', { label: key.label })}
            text={t('keptSecret.text', { old })}
          >
            <Button variant="default" loading={testing.has(key.id)} onClick={() => void testKeys(model.id, [key.id])}>
              {t('keptSecret.test')}
            </Button>
            <Button variant="default" onClick={() => restoreSecret(model.id, key.id, key.label)}>
              {t('keptSecret.goBack')}
            </Button>
          </Notice>
        )
      })}
    </div>
  )
}
