import { useTranslation } from 'react-i18next'
import type { LinePart, PreviewLine } from '../../../shared/export.ts'
import classes from './export.module.css'

/** More lines than anyone reads make the page slow; they are written all the same. */
const maxLines = 2_000
const signs = { same: ' ', added: '+', removed: '−' } as const
const mask = '••••'

function Part({ part, isRevealed }: { part: LinePart; isRevealed: boolean }) {
  if (!part.secret) return part.text
  return (
    <span className={classes['secret']} data-revealed={isRevealed || undefined} translate="no">
      {isRevealed ? part.text : `${mask}${part.text}`}
    </span>
  )
}

function Line({ line, isRevealed }: { line: PreviewLine; isRevealed: boolean }) {
  const { t } = useTranslation('export')
  if (line.kind === 'folded') return <li className={classes['folded']}>{t('folded', { count: line.count })}</li>
  return (
    <li className={classes['line']} data-kind={line.kind}>
      <span className={classes['number']} aria-hidden="true">
        {line.line}
      </span>
      <span className={classes['sign']}>
        <span aria-hidden="true">{signs[line.kind]}</span>
        {line.kind !== 'same' && <span className={classes['spoken']}>{t(`change.${line.kind}`)}</span>}
      </span>
      <code className={classes['code']}>
        {line.parts.map((part, index) => (
          // The parts of a line are never reordered.
          <Part key={index} part={part} isRevealed={isRevealed} />
        ))}
      </code>
    </li>
  )
}

/** The file line by line: what goes, what comes, and what stays around it. */
export function PreviewLines({
  lines,
  isRevealed,
  label,
}: {
  lines: readonly PreviewLine[]
  isRevealed: boolean
  label: string
}) {
  const { t } = useTranslation('export')
  const more = lines.length - maxLines
  return (
    // What scrolls must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={classes['lines']} aria-label={label} tabIndex={0}>
      <ol>
        {lines.slice(0, maxLines).map((line, index) => (
          // The list is replaced as a whole.
          <Line key={index} line={line} isRevealed={isRevealed} />
        ))}
      </ol>
      {more > 0 && <p className={classes['folded']}>{t('moreLines', { count: more })}</p>}
    </section>
  )
}
