import { Select, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { JournalSubjects } from '../../../shared/activity.ts'
import type { ModelId } from '../../../shared/identity.ts'
import { outcomeKinds } from '../../../shared/outcome-kinds.ts'
import { client } from '../../app/client.ts'
import { useJournal } from '../../app/use-journal.ts'
import { resultChoices, type ActivityFilter } from './activity-filter.ts'
import classes from './activity.module.css'
import { useClientName } from './use-client-name.ts'

const subjectsEveryMs = 5_000
const failureKinds = outcomeKinds.filter((kind) => kind !== 'served' && kind !== 'cancelled')
const all = 'all'

interface FilterBarProps {
  filter: ActivityFilter
  modelId: ModelId | null
  onChange: (edit: Partial<ActivityFilter>) => void
}

export function FilterBar({ filter, modelId, onChange }: FilterBarProps) {
  const { t } = useTranslation('activity')
  const { t: attempts } = useTranslation('attempts')
  const subjects = useJournal(
    useCallback(() => client.activity.subjects(), []),
    subjectsEveryMs,
  )
  const keys = keysIn(subjects, modelId)
  const clientName = useClientName()
  return (
    <search className={classes['filters']} aria-label={t('filter.label')}>
      <SegmentedControl
        size="xs"
        aria-label={t('filter.outcome')}
        value={filter.result ?? all}
        onChange={(value) => onChange({ result: resultChoices.find((choice) => choice === value) ?? null })}
        data={[all, ...resultChoices].map((value) => ({ value, label: t(`filter.${value as 'all'}`) }))}
      />
      <TextInput
        className={classes['search']}
        size="xs"
        aria-label={t('filter.search')}
        placeholder={t('filter.search')}
        leftSection={<IconSearch size={14} />}
        value={filter.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <div className={classes['choices']}>
        <Select
          {...selectLook}
          aria-label={t('filter.kind')}
          placeholder={t('filter.anyKind')}
          value={filter.outcome}
          data={failureKinds.map((kind) => ({ value: kind, label: attempts(`outcome.${kind}`) }))}
          onChange={(value) => onChange({ outcome: failureKinds.find((kind) => kind === value) ?? null })}
        />
        <Select
          {...selectLook}
          aria-label={t('filter.key')}
          placeholder={t('filter.anyKey')}
          value={filter.keyId}
          data={keys.map(({ keyId, label }) => ({ value: keyId, label }))}
          onChange={(value) => onChange({ keyId: keys.find(({ keyId }) => keyId === value)?.keyId ?? null })}
        />
        <Select
          {...selectLook}
          aria-label={t('filter.client')}
          placeholder={t('filter.anyClient')}
          value={filter.client}
          data={(subjects?.clients ?? []).map((name) => ({ value: name, label: clientName(name) }))}
          onChange={(value) => onChange({ client: value })}
        />
      </div>
    </search>
  )
}

const selectLook = { size: 'xs', clearable: true, searchable: true, className: classes['choice'] ?? '' } as const

const keysIn = (subjects: JournalSubjects | null, modelId: ModelId | null) =>
  (subjects?.keys ?? []).filter((key) => modelId === null || key.modelId === modelId)
