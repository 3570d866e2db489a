import { Button, TextInput } from '@mantine/core'
import { useId, useState } from 'react'
import { t } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ModelPrice, ModelView, TokenPrice } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { attempt, showUndo } from '../../app/toast.tsx'
import { useModels } from '../../app/models-store.ts'
import { numberFormat } from '../../ui/intl.ts'
import { priceText, readPrice } from './price-text.ts'
import { Unsaved } from '../../ui/unsaved-note.tsx'
import { useLeave } from '../../ui/use-leave.ts'
import classes from './settings.module.css'
import { useIsThere } from '../../ui/use-is-there.ts'

interface PriceRowProps {
  model: ModelView
  /** Undefined until main has said. */
  applying: ModelPrice | undefined
}

const setPrice = async ({ id }: ModelView, price: TokenPrice | null) => {
  await client.models.edit({ id, edit: { price }, allowNewHost: false })
  await useModels.getState().refresh()
}

/** Says what was saved, and offers the price that was. */
const edited = async (model: ModelView, price: TokenPrice | null) => {
  await setPrice(model, price)
  showUndo(t('settings:prices.saved', { model: model.name }), () => setPrice(model, model.price))
}

export function PriceRow({ model, applying }: PriceRowProps) {
  const { t, i18n } = useTranslation('settings')
  const [open, setOpen] = useState(false)
  if (open) return <PriceFields model={model} applying={applying} onClose={() => setOpen(false)} />
  const format = numberFormat(i18n.language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: 6,
  })
  const shown = (micros: number | undefined) => (micros === undefined ? '–' : format.format(micros / 1_000_000))
  return (
    <tr>
      <th scope="row" className={classes['modelName']} title={model.name}>
        {model.name}
      </th>
      <td data-number>{shown(applying?.price?.promptMicros)}</td>
      <td data-number>{shown(applying?.price?.completionMicros)}</td>
      <td>{applying && <Source applying={applying} />}</td>
      <td className={classes['rowActions']}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('prices.editOf', { model: model.name })}
          disabled={applying === undefined}
          onClick={() => setOpen(true)}
        >
          {t('prices.edit')}
        </Button>
        {model.price !== null && (
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={t('prices.resetOf', { model: model.name })}
            onClick={() => attempt(() => edited(model, null))}
          >
            {t('prices.reset')}
          </Button>
        )}
      </td>
    </tr>
  )
}

function Source({ applying: { source, varies } }: { applying: ModelPrice }) {
  const { t } = useTranslation('settings')
  const more = varies ? t('prices.varies') : source === 'unknown' ? t('prices.unknownText') : null
  return (
    <>
      {t(`prices.sources.${source}`)}
      {more !== null && <span className={classes['hint']}>{more}</span>}
    </>
  )
}

type Field = keyof TokenPrice

function PriceFields({ model, applying, onClose }: PriceRowProps & { onClose: () => void }) {
  const { t } = useTranslation('settings')
  const { t: failureText } = useTranslation('failures')
  const { t: shellText } = useTranslation('shell')
  const textOf = (field: Field) => (applying?.price ? priceText(applying.price[field]) : '')
  const [before] = useState({ promptMicros: textOf('promptMicros'), completionMicros: textOf('completionMicros') })
  const [texts, setTexts] = useState(before)
  const [busy, setBusy] = useState(false)
  const isThere = useIsThere()
  const dirty = texts.promptMicros !== before.promptMicros || texts.completionMicros !== before.completionMicros
  const { asking, leave, stay } = useLeave({ dirty, busy, onClose })
  const [wrong, setWrong] = useState<Field | null>(null)
  const formId = useId()
  const errorId = useId()
  const save = async () => {
    const promptMicros = readPrice(texts.promptMicros)
    const completionMicros = readPrice(texts.completionMicros)
    if (promptMicros === null) return setWrong('promptMicros')
    if (completionMicros === null) return setWrong('completionMicros')
    setBusy(true)
    await edited(model, { promptMicros, completionMicros }).finally(() => setBusy(false))
    if (isThere()) onClose()
  }
  const field = (name: Field, label: string) => (
    <TextInput
      size="xs"
      form={formId}
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      ref={name === 'promptMicros' ? focusOnce : undefined}
      value={texts[name]}
      error={wrong === name}
      aria-describedby={wrong === name ? errorId : undefined}
      onChange={(event) => {
        setTexts({ ...texts, [name]: event.currentTarget.value })
        setWrong(null)
        stay()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.nativeEvent.isComposing) leave()
      }}
    />
  )
  return (
    <tr>
      <th scope="row" className={classes['modelName']} title={model.name}>
        {model.name}
      </th>
      <td data-number>{field('promptMicros', t('prices.promptOf', { model: model.name }))}</td>
      <td data-number>{field('completionMicros', t('prices.completionOf', { model: model.name }))}</td>
      <td>
        <span id={errorId} className={classes['wrong']} role="status">
          {wrong !== null && failureText('field.price_range')}
        </span>
        {asking && <Unsaved />}
      </td>
      <td className={classes['rowActions']}>
        <form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault()
            attempt(save)
          }}
        />
        <Button type="submit" form={formId} size="compact-sm" loading={busy}>
          {t('prices.save')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={leave}>
          {asking ? shellText('form.discard') : t('prices.cancel')}
        </Button>
      </td>
    </tr>
  )
}

/** The field takes the place of the button that was pressed, and so its focus. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus()
  field?.select()
}
