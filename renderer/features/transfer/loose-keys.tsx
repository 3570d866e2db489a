import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportKeyRow } from '../../../shared/transfer.ts'
import { useModels } from '../../app/models-store.ts'
import { Panel } from '../../ui/panel.tsx'
import { isNewTo, toggled } from './import-choice.ts'
import { KeyChips } from './import-keys.tsx'
import { useImport } from './import-store.ts'
import classes from './import.module.css'

/** Stands for a new model in the list of models; no id is empty. */
const newModel = ''

function NewModel({ errors }: { errors: Partial<Record<string, string>> }) {
  const { t } = useTranslation('import')
  const target = useImport((store) => store.target)
  const setTarget = useImport((store) => store.setTarget)
  return (
    <>
      <TextInput
        label={t('target.name')}
        description={t('target.nameHint')}
        spellCheck={false}
        value={target.name}
        error={errors['name']}
        onChange={(event) => setTarget({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('target.apiBase')}
        description={t('target.apiBaseHint')}
        spellCheck={false}
        value={target.apiBase}
        error={errors['apiBase']}
        onChange={(event) => setTarget({ apiBase: event.currentTarget.value })}
      />
      <TextInput
        label={t('target.provider')}
        description={t('target.providerHint')}
        spellCheck={false}
        value={target.provider}
        error={errors['provider']}
        onChange={(event) => setTarget({ provider: event.currentTarget.value })}
      />
    </>
  )
}

interface LooseKeysProps {
  keys: readonly ImportKeyRow[]
  errors: Partial<Record<string, string>>
}

/** Keys that came without a model: a person says whose they are. */
export function LooseKeys({ keys, errors }: LooseKeysProps) {
  const { t } = useTranslation('import')
  const target = useImport((store) => store.target)
  const without = useImport((store) => store.withoutLoose)
  const models = useModels((store) => store.models).filter(({ origin }) => origin === 'vault')
  const model = models.find(({ id }) => id === target.modelId)
  return (
    <Panel title={t('looseTitle')}>
      <div className={classes['loose']}>
        <p className={classes['hint']}>{t('looseText')}</p>
        <div className={classes['target']}>
          <Select
            label={t('target.model')}
            description={model === undefined ? t('target.modelHint') : model.apiBase}
            allowDeselect={false}
            searchable={models.length > 8}
            data={[
              { value: newModel, label: t('target.new') },
              ...models.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            value={target.modelId ?? newModel}
            onChange={(id) => useImport.getState().setTarget({ modelId: id === newModel ? null : id })}
          />
          {model === undefined && <NewModel errors={errors} />}
        </div>
        <KeyChips
          keys={keys}
          onlyHere={[]}
          willRemove={false}
          canChoose
          without={without}
          isNew={(key) => isNewTo(key, model?.name ?? null)}
          onToggle={(place) => useImport.getState().setWithoutLoose(toggled(without, place))}
        />
      </div>
    </Panel>
  )
}
