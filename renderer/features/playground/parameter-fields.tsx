import { NativeSelect, NumberInput, TagsInput, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  maxFieldName,
  maxStopLength,
  maxStops,
  parameterRanges,
  reasoningEfforts,
} from '../../../shared/chat-limits.ts'
import { readExtra, type ExtraProblem } from './extra-fields.ts'
import { Resettable } from './resettable.tsx'
import { formatInteger } from '../../ui/format.ts'
import { usePlayground } from './use-playground.ts'
import { spaced } from '../../ui/spaced.ts'

interface NumberFieldProps {
  name: keyof typeof parameterRanges
  step: number
  decimals: number
}

export function NumberField({ name, step, decimals }: NumberFieldProps) {
  const { t, i18n } = useTranslation('playground')
  const value = usePlayground((state) => state.parameters[name])
  const setParameter = usePlayground((state) => state.setParameter)
  const [min, max] = parameterRanges[name]
  // What is out of range is not taken while it is typed, so that the range has to be seen.
  const range = t('settings.range', { min: formatInteger(min, i18n.language), max: formatInteger(max, i18n.language) })
  return (
    <Resettable label={t(`settings.${name}`)} isSet={value !== undefined} onReset={() => setParameter(name, null)}>
      <NumberInput
        aria-label={t(`settings.${name}`)}
        description={name === 'seed' ? t('settings.seedHint') : `${spaced(t(`settings.${name}Hint`))}${range}`}
        min={min}
        max={max}
        step={step}
        allowDecimal={decimals > 0}
        decimalScale={decimals}
        clampBehavior="strict"
        placeholder={t('settings.default')}
        value={value ?? ''}
        onChange={(entered) => setParameter(name, typeof entered === 'number' ? entered : null)}
      />
    </Resettable>
  )
}

export function ReasoningField() {
  const { t } = useTranslation('playground')
  const value = usePlayground((state) => state.parameters.reasoningEffort)
  const setParameter = usePlayground((state) => state.setParameter)
  const label = t('settings.reasoning')
  return (
    <Resettable label={label} isSet={value !== undefined} onReset={() => setParameter('reasoningEffort', null)}>
      <NativeSelect
        aria-label={label}
        description={t('settings.reasoningHint')}
        value={value ?? ''}
        data={[
          { value: '', label: t('settings.default') },
          ...reasoningEfforts.map((effort) => ({ value: effort, label: t(`settings.effort.${effort}`) })),
        ]}
        onChange={(event) => {
          const chosen = reasoningEfforts.find((effort) => effort === event.currentTarget.value)
          setParameter('reasoningEffort', chosen ?? null)
        }}
      />
    </Resettable>
  )
}

export function StopField() {
  const { t } = useTranslation('playground')
  const stop = usePlayground((state) => state.parameters.stop)
  const setParameter = usePlayground((state) => state.setParameter)
  const label = t('settings.stop')
  return (
    <Resettable label={label} isSet={stop !== undefined} onReset={() => setParameter('stop', null)}>
      <TagsInput
        aria-label={label}
        description={t('settings.stopHint')}
        placeholder={stop === undefined ? t('settings.stopPlaceholder') : ''}
        maxTags={maxStops}
        splitChars={[]}
        value={[...(stop ?? [])]}
        onChange={(texts) => {
          const kept = texts.filter((text) => text !== '').map((text) => text.slice(0, maxStopLength))
          setParameter('stop', kept.length === 0 ? null : kept)
        }}
      />
    </Resettable>
  )
}

export function ExtraField() {
  const { t } = useTranslation('playground')
  const extra = usePlayground((state) => state.extra)
  const setExtra = usePlayground((state) => state.setExtra)
  const { problem } = readExtra(extra)
  const label = t('settings.extra')
  return (
    <Resettable label={label} isSet={extra !== ''} onReset={() => setExtra('')}>
      <Textarea
        aria-label={label}
        description={t('settings.extraHint')}
        error={problem ? problemText(problem, t) : undefined}
        spellCheck={false}
        autosize
        minRows={2}
        maxRows={10}
        placeholder={'{ "top_k": 40 }'}
        value={extra}
        onChange={(event) => setExtra(event.currentTarget.value)}
      />
    </Resettable>
  )
}

type PlaygroundText = ReturnType<typeof useTranslation<'playground'>>['t']

function problemText(problem: ExtraProblem, t: PlaygroundText): string {
  switch (problem.kind) {
    case 'reserved':
      return t('settings.extraReserved', { name: problem.name })
    case 'name':
      return t('settings.extraName', { most: maxFieldName })
    case 'not-json':
      return t('settings.extraNotJson')
    case 'not-an-object':
      break
  }
  return t('settings.extraNotObject')
}
