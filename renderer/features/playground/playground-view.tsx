import { Tabs } from '@mantine/core'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate, useRoute } from '../../app/router.ts'
import { playgroundTab, playgroundTabs } from './playground-tabs.ts'
import classes from './playground-view.module.css'

/** The frame of everything that can be tried; which tab is open, the address says. */
export function PlaygroundView() {
  const { t } = useTranslation('playground')
  const open = playgroundTab(useRoute().id)
  return (
    <Tabs
      className={classes['view']}
      value={open.name}
      onChange={(name) => navigate('playground', name ?? '')}
      keepMounted={false}
    >
      <Tabs.List aria-label={t('tabs')} className={classes['tabs']}>
        {playgroundTabs.map(({ name }) => (
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
  )
}
