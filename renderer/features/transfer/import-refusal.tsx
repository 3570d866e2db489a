import { useTranslation } from 'react-i18next'
import type { FailureData } from '../../../shared/failure.ts'
import { oneLine, procedureFailure, procedureSentence, refusalSentence } from '../../app/failure-message.ts'
import { Notice } from '../../ui/notice.tsx'
import { formatText, ignoredText, keyReasonText } from './import-texts.ts'
import classes from './import.module.css'

type Why = NonNullable<FailureData<'IMPORT_REFUSED'>['why']>

const shownAtFirst = 3

function Reason({ one: { name, reason, line } }: { one: Why[number] }) {
  const { t } = useTranslation('import')
  const { t: failureText } = useTranslation('failures')
  const isKey = reason.startsWith('key-') && reason !== 'key-list-empty' && reason !== 'key-placeholder'
  return (
    <li>
      <span className={classes['dim']}>{line === null ? '' : t('line', { line })}</span>
      <span className={classes['reason']}>
        {name !== '' && <strong>{name}</strong>}{' '}
        {isKey ? keyReasonText(reason, t) : ignoredText(reason, t, failureText)}
      </span>
    </li>
  )
}

/** Why nothing of it can be taken: what it was taken for, and what is wrong with each of its parts. */
export function ImportRefusal({ name, error }: { name: string; error: unknown }) {
  const { t } = useTranslation('import')
  const { t: failureText } = useTranslation('failures')
  const failure = procedureFailure(error)
  const refusal = failure?.code === 'IMPORT_REFUSED' ? failure.data : null
  const sentence =
    error === null
      ? refusalSentence({ reason: 'too-large', line: null, column: null }, failureText)
      : procedureSentence(error, failureText)
  const why = refusal?.why ?? []
  const format = refusal?.format ?? null
  const taken = format === null ? '' : t('recognised', { format: formatText(format, t) })
  return (
    <>
      <Notice
        tone="danger"
        urgent
        title={t('refused', { name, cause: sentence.cause })}
        text={oneLine({ cause: taken, next: sentence.next }, failureText)}
      />
      {why.length > 0 && (
        <details className={classes['why']} open={why.length <= shownAtFirst}>
          <summary>{t('why', { count: why.length })}</summary>
          <ul className={classes['notices']}>
            {why.map((one, place) => (
              // Two parts may read alike, and the list is never reordered.
              <Reason key={place} one={one} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
