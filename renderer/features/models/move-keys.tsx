import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeyId } from '../../../shared/identity.ts'
import type { ModelView } from '../../../shared/model.ts'
import { procedureFailure } from '../../app/failure-message.ts'
import { useModels } from '../../app/models-store.ts'
import { showFailure } from '../../app/toast.tsx'
import { HostQuestion } from '../../ui/host-question.tsx'
import { moveKeysTo } from './key-actions.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { useIsThere } from '../../ui/use-is-there.ts'

interface MoveKeysProps {
  model: ModelView
  ids: readonly KeyId[]
  onClose: () => void
}

/** To another model; one at another host is a question first. */
export function MoveKeys({ model, ids, onClose }: MoveKeysProps) {
  const { t } = useTranslation('models')
  const models = useModels((store) => store.models)
  const [chosen, setChosen] = useState<string | null>(null)
  const [question, setQuestion] = useState<{ from: string; to: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  const others = models.filter(({ id, origin }) => id !== model.id && origin === model.origin)
  const target = others.find(({ id }) => id === chosen)
  const move = async (allowNewHost: boolean) => {
    if (target === undefined) return
    setBusy(true)
    setQuestion(null)
    try {
      await moveKeysTo(model, [...ids], target, allowNewHost)
      if (isThere()) onClose()
    } catch (error) {
      const failure = procedureFailure(error)
      if (failure?.code === 'KEY_TO_OTHER_HOST') setQuestion(failure.data)
      else showFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormDialog
      title={t('moveTo.title', { count: ids.length })}
      submit={t('moveTo.move')}
      onSubmit={() => void move(false)}
      onClose={onClose}
      // What was chosen is chosen again by one click.
      dirty={false}
      busy={busy}
      disabled={target === undefined}
      beside={
        question !== null && (
          <HostQuestion {...question} onAllow={() => void move(true)} onClose={() => setQuestion(null)} />
        )
      }
    >
      <Select
        label={t('moveTo.field')}
        description={t('moveTo.hint')}
        data-autofocus
        searchable
        limit={200}
        nothingFoundMessage={t('field.noOtherModel')}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
      />
    </FormDialog>
  )
}
