import { ActionIcon, Button } from '@mantine/core'
import { IconEye, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { maxHeaders } from '../../../shared/header-limits.ts'
import type { HeaderView } from '../../../shared/model-headers.ts'
import type { ModelView } from '../../../shared/model.ts'
import { attempt } from '../../app/toast.tsx'
import { useKeptFocus } from '../../ui/kept-focus.ts'
import { HeaderDialog } from './header-dialog.tsx'
import { rowsWithout } from './header-rows.ts'
import { editHeaders } from './key-actions.ts'
import { masked } from './masked.ts'
import classes from './headers-field.module.css'
import forms from './model-forms.module.css'
import models from './models.module.css'
import { hostOf } from './providers.ts'
import { revealHeader } from './reveal.ts'

interface RowProps {
  model: ModelView
  header: HeaderView
  onEdit: () => void
}

function HeaderRow({ model, header, onEdit }: RowProps) {
  const { t } = useTranslation('models')
  const { id, name, lastFour } = header
  const remove = () =>
    attempt(() => editHeaders(model, (headers) => rowsWithout(headers, id), t('headers.removed', { name })))
  return (
    <li>
      <span className={classes['name']} translate="no">
        {name}
      </span>
      <code className="kw-mono" translate="no">
        {masked(lastFour)}
      </code>
      <span className={classes['actions']}>
        {model.origin === 'vault' && (
          <ActionIcon
            variant="subtle"
            aria-label={t('headers.show', { name })}
            onClick={() => revealHeader({ modelId: model.id, id, label: name })}
          >
            <IconEye size={16} aria-hidden="true" />
          </ActionIcon>
        )}
        <ActionIcon variant="subtle" aria-label={t('headers.edit', { name })} onClick={onEdit}>
          <IconPencil size={16} aria-hidden="true" />
        </ActionIcon>
        <ActionIcon variant="subtle" color="red" aria-label={t('headers.remove', { name })} onClick={remove}>
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      </span>
    </li>
  )
}

/** What the provider wants beside the key. Each change is saved by itself, so that no value waits in the page. */
export function HeadersField({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const isFull = model.headers.length >= maxHeaders
  const [editing, setEditing] = useState<HeaderView | 'new' | null>(null)
  const root = useKeptFocus<HTMLFieldSetElement>(model.headers.length)
  return (
    <fieldset ref={root} className={forms['group']}>
      <legend>{t('headers.title')}</legend>
      <p className={models['dim']}>{t('headers.text', { host: hostOf(model.apiBase) })}</p>
      {model.headers.length > 0 && (
        <ul className={classes['list']} aria-label={t('headers.title')}>
          {model.headers.map((header) => (
            <HeaderRow key={header.id} model={model} header={header} onEdit={() => setEditing(header)} />
          ))}
        </ul>
      )}
      <div className={forms['formActions']}>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} aria-hidden="true" />}
          disabled={isFull}
          onClick={() => setEditing('new')}
        >
          {t('headers.add')}
        </Button>
        {isFull && <span className={models['dim']}>{failureText('field.headers_limit')}</span>}
      </div>
      {editing !== null && (
        <HeaderDialog model={model} header={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </fieldset>
  )
}
