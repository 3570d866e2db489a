import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PreviewLine } from '../../../shared/export.ts'
import classes from './changed-lines.module.css'

const marks = { same: ' ', added: '+', removed: '−' } as const

function Line({ line }: { line: PreviewLine }) {
  const { t } = useTranslation('dslighting')
  if (line.kind === 'folded') return <li data-kind="folded">{t('folded', { count: line.count })}</li>
  return (
    <li data-kind={line.kind}>
      <span className={classes['number']} aria-hidden="true">
        {line.line}
      </span>
      <span className={classes['mark']} aria-hidden="true">
        {marks[line.kind]}
      </span>
      {line.kind !== 'same' && <VisuallyHidden>{t(line.kind)} </VisuallyHidden>}
      <code>
        {line.parts.map((part, index) =>
          part.secret ? (
            <span key={index} className={classes['secret']}>
              …{part.text}
            </span>
          ) : (
            <span key={index}>{part.text}</span>
          ),
        )}
      </code>
    </li>
  )
}

/** Lines before and after, secrets masked. */
export function ChangedLines({ label, lines }: { label: string; lines: readonly PreviewLine[] }) {
  return (
    <ol className={classes['lines']} aria-label={label}>
      {lines.map((line, index) => (
        <Line key={index} line={line} />
      ))}
    </ol>
  )
}
