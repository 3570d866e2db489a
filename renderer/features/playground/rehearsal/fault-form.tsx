import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RehearsalView } from '../../../../shared/rehearsal.ts'
import { faultKinds, rehearsalLimits } from '../../../../shared/rehearsal-terms.ts'
import { client } from '../../../app/client.ts'
import { useRehearsal } from '../../../app/rehearsal-store.ts'
import { attempt } from '../../../app/toast.tsx'
import { freshDraft, injectedOf, problemsOf, type DraftProblem, type FaultDraft } from './fault-draft.ts'
import classes from './rehearsal.module.css'

const everyKey = ''
const lastings = ['calls', 'time', 'always'] as const
const numberOrNull = (value: string | number): number | null => (typeof value === 'number' ? value : null)

/** Which key meets what, and for how long. */
export function FaultForm({ rehearsal }: { rehearsal: RehearsalView }) {
  const { t } = useTranslation('rehearsal')
  const { t: failures } = useTranslation('failures')
  const [draft, setDraft] = useState(freshDraft)
  const edit = (change: Partial<FaultDraft>) => setDraft((before) => ({ ...before, ...change }))
  const problems = problemsOf(draft)
  const errorOf = (problem: DraftProblem) =>
    problems.includes(problem) ? failures(problem === 'calls' ? 'field.rehearsal_calls' : 'field.rehearsal_time') : null
  const keyId = rehearsal.keys.some((key) => key.keyId === draft.keyId) ? draft.keyId : null
  const inject = () =>
    attempt(() => useRehearsal.getState().become(client.rehearsal.inject(injectedOf({ ...draft, keyId }))))
  return (
    <form
      className={classes['form']}
      aria-label={t('faults.form')}
      onSubmit={(event) => {
        event.preventDefault()
        if (problems.length === 0) inject()
      }}
    >
      <NativeSelect
        label={t('faults.key')}
        value={keyId ?? everyKey}
        data={[
          { value: everyKey, label: t('faults.everyKey') },
          ...rehearsal.keys.map((key) => ({ value: key.keyId, label: key.label })),
        ]}
        onChange={(event) =>
          edit({ keyId: rehearsal.keys.find((key) => key.keyId === event.currentTarget.value)?.keyId ?? null })
        }
      />
      <NativeSelect
        label={t('faults.kind')}
        value={draft.kind}
        data={faultKinds.map((kind) => ({ value: kind, label: t(`fault.${kind}`) }))}
        onChange={(event) =>
          edit({ kind: faultKinds.find((kind) => kind === event.currentTarget.value) ?? draft.kind })
        }
      />
      {draft.kind === 'rate-limited' && (
        <NumberInput
          label={t('faults.retryAfter')}
          placeholder={t('faults.none')}
          value={draft.retryAfterS ?? ''}
          error={errorOf('retryAfter')}
          onChange={(value) => edit({ retryAfterS: numberOrNull(value) })}
        />
      )}
      {draft.kind === 'slow' && (
        <NumberInput
          label={t('faults.delay')}
          value={draft.delayS ?? ''}
          error={errorOf('delay')}
          onChange={(value) => edit({ delayS: numberOrNull(value) })}
        />
      )}
      <NativeSelect
        label={t('faults.lasts')}
        value={draft.lasts}
        data={lastings.map((kind) => ({ value: kind, label: t(`lasting.${kind}`) }))}
        onChange={(event) =>
          edit({ lasts: lastings.find((kind) => kind === event.currentTarget.value) ?? draft.lasts })
        }
      />
      {draft.lasts === 'calls' && (
        <NumberInput
          label={t('faults.calls', { most: rehearsalLimits.calls })}
          allowDecimal={false}
          value={draft.calls ?? ''}
          error={errorOf('calls')}
          onChange={(value) => edit({ calls: numberOrNull(value) })}
        />
      )}
      {draft.lasts === 'time' && (
        <NumberInput
          label={t('faults.seconds')}
          value={draft.forS ?? ''}
          error={errorOf('time')}
          onChange={(value) => edit({ forS: numberOrNull(value) })}
        />
      )}
      <Button type="submit" disabled={problems.length > 0}>
        {t('faults.inject')}
      </Button>
    </form>
  )
}
