import { Tabs } from '@mantine/core'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate, useRoute } from '../../app/router.ts'
import { transferTab, transferTabs } from './transfer-tabs.ts'
import classes from './transfer.module.css'

/** The frame of everything that comes in from files or goes out to them; which tab is open, the address says. */
export function TransferView() {
  const { t } = useTranslation('transfer')
  const open = transferTab(useRoute().id)
  return (
    <div className={classes['view']}>
      <Tabs value={open.name} onChange={(name) => navigate('transfer', name ?? '')} keepMounted={false}>
        <Tabs.List aria-label={t('label')}>
          {transferTabs.map(({ name }) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={open.name} className={classes['panel']}>
          <Suspense>
            <open.Content />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </div>
  )
}
