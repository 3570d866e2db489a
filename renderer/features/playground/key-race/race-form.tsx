import { Button, Checkbox, NativeSelect, NumberInput, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { estimateTokens } from '../../../../shared/estimate-tokens.ts'
import type { KeyId } from '../../../../shared/identity.ts'
import { raceLimits as limits } from '../../../../shared/key-race-limits.ts'
import type { KeyRaceInput } from '../../../../shared/key-race.ts'
import type { ModelPrice, ModelView } from '../../../../shared/model.ts'
import { formatCost, formatInteger, formatSentences } from '../../../ui/format.ts'
import classes from './key-race.module.css'
import { costOf, problemOf } from './race-draft.ts'
import { useRace } from './race-store.ts'

interface RaceFormProps {
  models: readonly ModelView[]
  model: ModelView
  price: ModelPrice | undefined
  isRunning: boolean
  onModel: (id: string) => void
  onStart: (input: KeyRaceInput) => void
  onStop: () => void
}

const numberOrNull = (value: string | number): number | null => (typeof value === 'number' ? value : null)

export function RaceForm({ models, model, price, isRunning, onModel, onStart, onStop }: RaceFormProps) {
  const { t, i18n } = useTranslation('key-race')
  const { t: failures } = useTranslation('failures')
  const { left, rounds, maxTokens, ...fields } = useRace((store) => store.fields)
  const edit = useRace((store) => store.edit)
  const prompt = fields.prompt ?? t('form.suggestion')
  const offered = model.keys.slice(0, limits.keys)
  const chosen = offered.filter(({ id }) => !left.has(id))
  const draft = { keys: chosen.length, prompt, rounds, maxTokens }
  const problem = problemOf(draft)
  const cost = costOf(draft, price?.price ?? null, estimateTokens(prompt))
  const calls = chosen.length * (rounds ?? 0)
  return (
    <form
      className={classes['form']}
      aria-label={t('form.name')}
      onSubmit={(event) => {
        event.preventDefault()
        if (problem !== null || rounds === null || maxTokens === null) return
        onStart({ modelId: model.id, keyIds: chosen.map(({ id }) => id), prompt, rounds, maxTokens })
      }}
    >
      <div className={classes['fields']}>
        <NativeSelect
          label={t('form.model')}
          value={model.id}
          disabled={isRunning}
          data={models.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => onModel(event.currentTarget.value)}
        />
        <NumberInput
          label={t('form.rounds')}
          allowDecimal={false}
          value={rounds ?? ''}
          error={problem === 'race_rounds' || problem === 'race_calls' ? failures(`field.${problem}`) : null}
          onChange={(value) => edit({ rounds: numberOrNull(value) })}
        />
        <NumberInput
          label={t('form.maxTokens')}
          allowDecimal={false}
          min={1}
          max={limits.maxTokens}
          clampBehavior="strict"
          value={maxTokens ?? ''}
          error={problem === 'tokens' ? t('form.tokensNeeded', { most: limits.maxTokens }) : null}
          onChange={(value) => edit({ maxTokens: numberOrNull(value) })}
        />
      </div>
      <Textarea
        label={t('form.prompt')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={limits.promptLength}
        value={prompt}
        error={problem === 'prompt_empty' ? failures('field.prompt_empty') : null}
        onChange={(event) => edit({ prompt: event.currentTarget.value })}
      />
      <fieldset className={classes['keys']}>
        <legend>{t('form.keys')}</legend>
        {offered.map(({ id, label }) => (
          <Checkbox
            key={id}
            label={label}
            checked={!left.has(id)}
            onChange={(event) => edit({ left: toggled(left, id, event.currentTarget.checked) })}
          />
        ))}
        {model.keys.length > limits.keys && (
          <p className={classes['dim']}>{t('form.onlyFirst', { most: limits.keys })}</p>
        )}
        {problem === 'race_keys' && <p className={classes['error']}>{failures('field.race_keys')}</p>}
      </fieldset>
      <div className={classes['start']}>
        {/* Two buttons, and not one that becomes the other: the click that stops would start again. */}
        {isRunning ? (
          <Button
            key="stop"
            variant="default"
            onClick={({ detail: clicks }) => {
              // Nor does the second click of a double click on Start stop what it began.
              if (clicks < 2) onStop()
            }}
          >
            {t('form.stop')}
          </Button>
        ) : (
          <Button key="start" type="submit" disabled={problem !== null}>
            {t('form.start')}
          </Button>
        )}
        <p className={classes['warning']}>
          {formatSentences(
            [
              t('form.calls', { count: calls, formatted: formatInteger(calls, i18n.language) }),
              model.origin === 'simulator'
                ? t('form.free')
                : cost === null
                  ? t('form.costUnknown')
                  : t('form.cost', { cost: formatCost(cost / 1_000_000, i18n.language) }),
            ],
            i18n.language,
          )}
        </p>
      </div>
    </form>
  )
}

function toggled(left: ReadonlySet<KeyId>, id: KeyId, isChosen: boolean): ReadonlySet<KeyId> {
  const next = new Set(left)
  if (isChosen) next.delete(id)
  else next.add(id)
  return next
}
