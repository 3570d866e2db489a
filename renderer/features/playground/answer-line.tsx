import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { memo, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hrefOf } from '../../app/router.ts'
import { AttemptTrail } from '../../ui/attempt-trail.tsx'
import { formatDuration, formatInteger, formatSmallCost } from '../../ui/format.ts'
import { tokensPerSecond, type Answer } from './answer.ts'
import classes from './playground.module.css'

/** One line an answer: which key gave it, how many were tried, how fast it was; the attempts open under it. */
export const AnswerLine = memo(function AnswerLine({ answer }: { answer: Answer }) {
  const { t } = useTranslation('playground')
  const hasFailed = answer.attempts.some(({ outcome }) => outcome !== null && outcome.kind !== 'served')
  const [chosen, setChosen] = useState<boolean | null>(null)
  const id = useId()
  const facts = useFacts(answer)
  const last = answer.attempts.at(-1)
  if (!last) return null
  // A failed attempt is what this view is there to show, so that its trail is open from the start.
  const isShown = chosen ?? hasFailed
  return (
    <div className={classes['answerLine']}>
      <UnstyledButton
        className={classes['lineButton']}
        aria-expanded={isShown}
        aria-controls={id}
        title={isShown ? t('line.hideTrail') : t('line.showTrail')}
        onClick={() => setChosen(!isShown)}
      >
        {isShown ? <IconChevronDown size={14} aria-hidden="true" /> : <IconChevronRight size={14} aria-hidden="true" />}
        <strong>{t('line.key', { label: last.keyLabel })}</strong>
        {facts.map((fact) => (
          <span key={fact} className={classes['fact']}>
            {fact}
          </span>
        ))}
      </UnstyledButton>
      <div id={id} hidden={!isShown} className={classes['trail']}>
        <AttemptTrail attempts={answer.attempts} />
        {answer.requestId !== null && (
          <a className={classes['requestLink']} href={hrefOf('activity', answer.requestId)}>
            {t('line.openRequest')}
          </a>
        )}
      </div>
    </div>
  )
}, hasSameFacts)

/** What streams in is no fact yet. */
function hasSameFacts({ answer: before }: { answer: Answer }, { answer: after }: { answer: Answer }): boolean {
  return (
    before.attempts === after.attempts &&
    before.requestId === after.requestId &&
    before.usage === after.usage &&
    before.firstOutputMs === after.firstOutputMs &&
    before.durationMs === after.durationMs &&
    before.cost === after.cost &&
    before.standIn?.modelId === after.standIn?.modelId
  )
}

function useFacts(answer: Answer): string[] {
  const { t, i18n } = useTranslation('playground')
  const { language } = i18n
  const { usage, firstOutputMs, durationMs, cost, standIn } = answer
  const speed = tokensPerSecond(answer)
  return [
    ...(standIn === undefined ? [] : [t('line.standIn', { model: standIn.modelName })]),
    t('line.attempts', { count: answer.attempts.length }),
    ...(firstOutputMs === null ? [] : [t('line.first', { duration: formatDuration(firstOutputMs, language) })]),
    ...(speed === null
      ? []
      : [t('line.speed', { count: Math.round(speed), rate: formatInteger(Math.round(speed), language) })]),
    ...(usage === null
      ? []
      : [
          t(usage.estimated ? 'line.estimatedTokens' : 'line.tokens', {
            prompt: formatInteger(usage.promptTokens, language),
            completion: formatInteger(usage.completionTokens, language),
          }),
        ]),
    ...(cost === null ? [] : [t('line.cost', { cost: formatSmallCost(cost.micros / 1_000_000, language) })]),
    ...(durationMs === null ? [] : [t('line.took', { duration: formatDuration(durationMs, language) })]),
  ]
}
