import { Tabs } from '@mantine/core'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { KeysPanel } from './keys-panel.tsx'
import { EffectiveConfig, ModelSettings } from './dialogs.ts'
import { useModelDrafts } from './model-draft.ts'
import classes from './models.module.css'
import { hostOf, placeOf } from './providers.ts'
import { visibleText } from '../../ui/visible-text.ts'

function Facts({ model }: { model: ModelView }) {
  const { t, i18n } = useTranslation('models')
  const temperature = model.temperature
  const place = model.origin === 'simulator' ? t('simulator') : placeOf(model.apiBase)
  const facts = [
    // A place that is no known provider's is the host, which the address says again.
    ...(place === hostOf(model.apiBase) ? [] : [place]),
    model.apiBase,
    t('sends', { id: model.upstreamModel }),
    temperature === null
      ? t('temperatureDefault')
      : t('temperature', {
          value: new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1 }).format(temperature),
        }),
  ]
  return <p className={classes['facts']}>{facts.join(' · ')}</p>
}

export function ModelDetail({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  const unsaved = useModelDrafts((store) => store.drafts.has(model.id))
  return (
    <section className={classes['detail']} aria-label={model.name}>
      <h2 className={classes['name']}>{visibleText(model.name)}</h2>
      <Facts model={model} />
      <Tabs defaultValue="keys" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="keys">{t('tab.keys', { count: model.keys.length })}</Tabs.Tab>
          <Tabs.Tab value="settings">{t(unsaved ? 'tab.settingsUnsaved' : 'tab.settings')}</Tabs.Tab>
          <Tabs.Tab value="effective">{t('tab.effective')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="keys">
          <KeysPanel model={model} />
        </Tabs.Panel>
        <Tabs.Panel value="settings">
          <Suspense>
            <ModelSettings model={model} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="effective">
          <Suspense>
            <EffectiveConfig model={model} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </section>
  )
}
