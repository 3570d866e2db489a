import { Autocomplete } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeaderView } from '../../../shared/model-headers.ts'
import type { ModelView } from '../../../shared/model.ts'
import { useFormSave } from '../../app/use-form-save.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { SecretInput } from '../../ui/secret-input.tsx'
import { offeredNames, rowsWith } from './header-rows.ts'
import { editHeaders } from './key-actions.ts'
import { masked } from './masked.ts'
import { useIsThere } from '../../ui/use-is-there.ts'

interface HeaderDialogProps {
  model: ModelView
  /** The one to change; null for a new one. */
  header: HeaderView | null
  onClose: () => void
}

/** The name and the value of one header; a value that is there is not shown, and stays when nothing is typed. */
export function HeaderDialog({ model, header, onClose }: HeaderDialogProps) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const [name, setName] = useState(header?.name ?? '')
  const [value, setValue] = useState('')
  const { errors, setErrors, busy, save } = useFormSave()
  const isThere = useIsThere()
  const dirty = name !== (header?.name ?? '') || value !== ''
  const submit = async () => {
    const said = t(header === null ? 'headers.added' : 'headers.changed', { name: name.trim() })
    if (header === null || dirty)
      await editHeaders(model, (headers) => rowsWith(headers, header?.id ?? null, { name, value }), said)
    if (isThere()) onClose()
  }
  return (
    <FormDialog
      title={header === null ? t('headers.newTitle', { model: model.name }) : t('headers.edit', { name: header.name })}
      submit={t(header === null ? 'headers.add' : 'save')}
      onSubmit={() => void save(submit)}
      onClose={onClose}
      dirty={dirty}
      busy={busy}
      error={errors['form'] ?? errors['headers']}
    >
      <Autocomplete
        label={t('headers.name')}
        description={t('headers.nameHint')}
        spellCheck={false}
        autoComplete="off"
        data-autofocus
        // Its suggestions would lie over the value before anything is typed.
        openOnFocus={false}
        data={offeredNames(model.apiBase, model.headers)}
        value={name}
        error={errors['name']}
        onChange={(typed) => {
          setName(typed)
          setErrors({})
        }}
      />
      <SecretInput
        label={t('headers.value')}
        description={
          header === null ? t('headers.valueHint') : t('headers.valueKept', { old: masked(header.lastFour) })
        }
        autoComplete="off"
        value={value}
        error={errors['value']}
        onPaste={(event) => {
          // The field would take the break out and join two lines to another value.
          if (!/[\r\n]/.test(event.clipboardData.getData('text').trim())) return
          event.preventDefault()
          setErrors({ value: failureText('field.header_value_characters') })
        }}
        onChange={(event) => {
          setValue(event.currentTarget.value)
          setErrors({})
        }}
        showLabel={t('showSecret')}
      />
    </FormDialog>
  )
}
