import { Button, NativeSelect } from '@mantine/core'
import { IconDownload, IconScale } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelPrice } from '../../../../shared/model.ts'
import { client } from '../../../app/client.ts'
import { useModels } from '../../../app/models-store.ts'
import { navigate } from '../../../app/router.ts'
import { saveText } from '../../../app/save-text.ts'
import { attempt } from '../../../app/toast.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { formatDuration, formatInteger } from '../../../ui/format.ts'
import { Panel } from '../../../ui/panel.tsx'
import classes from './key-race.module.css'
import { RaceChart } from './race-chart.tsx'
import { raceCsv, raceJson } from './race-export.ts'
import { measures, racedKeys, type Measure } from './race-figures.ts'
import { RaceForm } from './race-form.tsx'
import { useRace, type Race } from './race-store.ts'
import { RaceTable } from './race-table.tsx'

/** One prompt over the keys of a model: which of them is slow, limited, or served from somewhere else. */
export function KeyRaceTab() {
  const { t } = useTranslation('key-race')
  const models = useModels((store) => store.models)
  const loaded = useModels((store) => store.loaded)
  const selectedId = useModels((store) => store.selectedId)
  const race = useRace((store) => store.race)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const prices = usePrices()
  const usable = models.filter(({ keys }) => keys.length > 0)
  const model =
    [chosenId, race?.modelId, selectedId].map((id) => usable.find((one) => one.id === id)).find(Boolean) ?? usable[0]

  if (!loaded) return null
  if (!model) return <NoKeys />
  return (
    <div className={classes['tab']}>
      <Panel title={t('title')}>
        <p className={classes['hint']}>{t('hint')}</p>
        <RaceForm
          models={usable}
          model={model}
          price={prices.find(({ modelId }) => modelId === model.id)}
          isRunning={race?.state === 'running'}
          onModel={setChosenId}
          onStart={(input) =>
            attempt(() =>
              useRace.getState().start(input, {
                modelName: model.name,
                keys: model.keys.filter(({ id }) => input.keyIds.includes(id)),
              }),
            )
          }
          onStop={() => useRace.getState().stop()}
        />
      </Panel>
      {race && <Result race={race} />}
    </div>
  )
}

/** Those that apply now; without them the estimate says that it does not know. */
function usePrices(): readonly ModelPrice[] {
  const [prices, setPrices] = useState<readonly ModelPrice[]>([])
  useEffect(() => {
    client.models.prices().then(setPrices, () => undefined)
  }, [])
  return prices
}

function Result({ race }: { race: Race }) {
  const { t, i18n } = useTranslation('key-race')
  const [measure, setMeasure] = useState<Measure>('first')
  const { language } = i18n
  const keys = racedKeys(race.keys, race.calls)
  const format = (of: Measure, value: number) =>
    of === 'speed' ? t('rate', { rate: formatInteger(Math.round(value), language) }) : formatDuration(value, language)
  const all = race.keys.length * race.rounds
  return (
    <Panel
      title={t('result.title', { model: race.modelName })}
      aside={
        <span role="status">
          {t(`result.${race.state}`, {
            count: all,
            done: formatInteger(race.calls.length, language),
            all: formatInteger(all, language),
          })}
        </span>
      }
    >
      <div className={classes['bar']}>
        <NativeSelect
          aria-label={t('result.measure')}
          value={measure}
          data={measures.map((name) => ({ value: name, label: t(`measure.${name}`) }))}
          onChange={(event) => setMeasure(measures.find((name) => name === event.currentTarget.value) ?? measure)}
        />
        <span className={classes['spacer']} />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={race.calls.length === 0}
          onClick={() => saveText([raceCsv(race.calls)], 'keywheel-keys.csv', 'text/csv;charset=utf-8')}
        >
          {t('result.csv')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={race.calls.length === 0}
          onClick={() => saveText([raceJson(race.modelName, race.calls)], 'keywheel-keys.json', 'application/json')}
        >
          {t('result.json')}
        </Button>
      </div>
      <RaceChart keys={keys} measure={measure} format={(value) => format(measure, value)} />
      <RaceTable keys={keys} rounds={race.rounds} format={format} />
    </Panel>
  )
}

function NoKeys() {
  const { t } = useTranslation('key-race')
  return (
    <EmptyState icon={<IconScale size={26} />} title={t('empty.title')} text={t('empty.text')}>
      <Button onClick={() => navigate('models')}>{t('empty.addKeys')}</Button>
    </EmptyState>
  )
}
