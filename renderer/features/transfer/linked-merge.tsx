import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FailureData } from '../../../shared/failure.ts'
import type { LinkedChoice, LinkedDifference, LinkedDifferences } from '../../../shared/linked-file.ts'
import { client } from '../../app/client.ts'
import { procedureFailure } from '../../app/failure-message.ts'
import { showDone, showFailure } from '../../app/toast.tsx'
import { HostQuestion } from '../../ui/host-question.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import classes from './linked.module.css'
import { visibleText } from '../../ui/visible-text.ts'
import { Chip, Chips } from '../../ui/chips.tsx'

type Take = LinkedChoice['take'] | 'leave'

const takesOf = ({ part }: LinkedDifference): Take[] =>
  part === 'keys' ? ['leave', 'vault', 'file', 'both'] : ['leave', 'vault', 'file']

/** Of one side: a value, keys by their last four characters, or that the model is not there. */
function Side({ row, side }: { row: LinkedDifference; side: 'vault' | 'file' }) {
  const { t } = useTranslation('linked')
  const value = row[side]
  if (row.part === 'model' && value === null) return <span className={classes['dim']}>{t('absent')}</span>
  const keys = row.keys.filter((key) => key[side])
  if (row.part !== 'keys' && row.part !== 'model') {
    return value === null ? <span className={classes['dim']}>{t('unset')}</span> : <span>{value}</span>
  }
  return (
    <Chips>
      {row.part === 'model' && <span>{value}</span>}
      {keys.length === 0 && <span className={classes['dim']}>{t('noKeys')}</span>}
      {keys.map((key, index) => (
        // Two short keys may look alike, and the list is never reordered.
        <Chip key={index} tone={key.vault === key.file ? 'plain' : 'good'}>
          {t('masked', { lastFour: key.lastFour })}
        </Chip>
      ))}
    </Chips>
  )
}

interface RowProps {
  row: LinkedDifference
  take: Take
  onTake: (take: Take) => void
}

function Row({ row, take, onTake }: RowProps) {
  const { t } = useTranslation('linked')
  return (
    <tr>
      <th scope="row">{visibleText(row.model)}</th>
      <td>
        <span>{t(`part.${row.part}`)}</span>
        <span className={classes['changed']} data-changed={row.changed}>
          {t(`changed.${row.changed}`)}
        </span>
      </td>
      <td>
        <Side row={row} side="vault" />
      </td>
      <td>
        <Side row={row} side="file" />
      </td>
      <td>
        <SegmentedControl
          size="xs"
          aria-label={t('takeFor', { model: row.model, part: t(`part.${row.part}`) })}
          value={take}
          data={takesOf(row).map((one) => ({ value: one, label: t(`take.${one}`) }))}
          onChange={(chosen) => onTake(takesOf(row).find((one) => one === chosen) ?? 'leave')}
        />
      </td>
    </tr>
  )
}

interface LinkedMergeProps {
  differences: LinkedDifferences
  onDone: () => void
  /** Something changed meanwhile: what differs is to be read again. */
  onStale: () => void
  onCancel: () => void
}

/** Every difference, who made it, and which side counts. What is left is asked about again another time. */
export function LinkedMerge({ differences, onDone, onStale, onCancel }: LinkedMergeProps) {
  const { t } = useTranslation('linked')
  const { id, mark, path, rows } = differences
  const [takes, setTakes] = useState<ReadonlyMap<string, Take>>(new Map())
  const [busy, setBusy] = useState(false)
  const [question, setQuestion] = useState<FailureData<'KEY_TO_OTHER_HOST'> | null>(null)
  const takeOf = (row: LinkedDifference): Take => takes.get(row.id) ?? row.advised ?? 'leave'
  const choices = rows.flatMap((row): LinkedChoice[] => {
    const take = takeOf(row)
    return take === 'leave' ? [] : [{ row: row.id, take }]
  })

  async function apply(allowNewHost: boolean): Promise<void> {
    setBusy(true)
    setQuestion(null)
    try {
      const applied = await client.linked.apply({ id, mark, choices, allowNewHost })
      const what = applied.vault && applied.file ? 'both' : applied.file ? 'file' : 'vault'
      showDone(applied.leftover === null ? t(`applied.${what}`) : t('leftover', { path: applied.leftover }))
      onDone()
    } catch (error) {
      const failure = procedureFailure(error)
      if (failure?.code === 'KEY_TO_OTHER_HOST') return setQuestion(failure.data)
      showFailure(error)
      if (failure?.code === 'FILE_CHANGED') onStale()
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel title={t('mergeTitle', { path })}>
      <PlainTable label={t('mergeLabel')}>
        <thead>
          <tr>
            <th scope="col">{t('column.model')}</th>
            <th scope="col">{t('column.what')}</th>
            <th scope="col">{t('column.vault')}</th>
            <th scope="col">{t('column.file')}</th>
            <th scope="col">{t('column.take')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              take={takeOf(row)}
              onTake={(take) => setTakes(new Map([...takes, [row.id, take]]))}
            />
          ))}
        </tbody>
      </PlainTable>
      <p className={classes['note']}>{t('mergeText')}</p>
      <div className={classes['actions']}>
        <Button loading={busy} disabled={choices.length === 0} onClick={() => void apply(false)}>
          {t('apply', { count: choices.length })}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
      {question !== null && (
        <HostQuestion
          from={question.from}
          to={question.to}
          onAllow={() => void apply(true)}
          onClose={() => setQuestion(null)}
        />
      )}
    </Panel>
  )
}
