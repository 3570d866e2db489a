import { Button } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useModels } from '../../app/models-store.ts'
import { navigate, replaceRoute, useRoute } from '../../app/router.ts'
import { useVaultSetup } from '../../app/vault-setup-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { addressed } from './addresses.ts'
import { binAddress, useBinFollows } from './bin.ts'
import { PauseQuestion } from './pause-question.tsx'
import { AddKeys, AddModel, BinDialog, EditKey, KeyWatch, RevealDialog } from './dialogs.ts'
import { guardDrafts } from './draft-guard.ts'
import { ModelDetail } from './model-detail.tsx'
import { ModelList } from './model-list.tsx'
import classes from './models.module.css'
import { useReveal } from './reveal.ts'

/** The address that opens the form for a new model. */
const newModel = 'new'
/** The address that opens what is worth a person's attention. */
const watchAddress = 'watch'

/** Master and detail: the models on the left, the chosen one's keys and settings on the right. */
export function ModelsView() {
  const { t } = useTranslation('models')
  const { id } = useRoute()
  const models = useModels((store) => store.models)
  const selectedId = useModels((store) => store.selectedId)
  const reveals = useReveal((store) => store.shown !== null)
  useBinFollows()
  useEffect(guardDrafts, [])
  const withVault = useVaultSetup((store) => store.withVault)
  const { current, addsTo, keyView } = addressed(id, models, selectedId)
  const add = () => withVault(() => navigate('models', newModel))
  return (
    <div className={classes['view']}>
      <ModelList models={models} currentId={current?.id} onAdd={add} />
      {current === undefined ? (
        <EmptyState icon={<IconKey size={24} />} title={t('empty.title')} text={t('empty.text')}>
          <Button onClick={add}>{t('addModel')}</Button>
          <Button variant="default" onClick={() => navigate('transfer')}>
            {t('empty.import')}
          </Button>
        </EmptyState>
      ) : (
        <ModelDetail key={current.id} model={current} />
      )}
      <Suspense>
        {id === newModel && (
          <AddModel onClose={() => navigate('models')} onAdded={(added) => navigate('models', added)} />
        )}
        {addsTo !== undefined && (
          <AddKeys key={addsTo.id} model={addsTo} onClose={() => navigate('models', addsTo.id)} />
        )}
        {keyView !== undefined && current !== undefined && (
          <EditKey
            key={keyView.id}
            model={current}
            keyView={keyView}
            onClose={() => replaceRoute('models', current.id)}
          />
        )}
        {id === binAddress && <BinDialog onClose={() => navigate('models')} />}
        {id === watchAddress && <KeyWatch onClose={() => navigate('models', current?.id)} />}
        <PauseQuestion />
        {reveals && <RevealDialog />}
      </Suspense>
    </div>
  )
}
