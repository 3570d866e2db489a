import { useTranslation } from 'react-i18next'
import type { RequestDetail } from '../../../shared/activity.ts'
import type { AttemptView } from '../../../shared/request.ts'
import classes from './request-detail.module.css'
import { decisionText } from './decision-text.ts'

interface WhyThisKeyProps {
  attempts: readonly AttemptView[]
  decisions: RequestDetail['decisions']
}

/** For each attempt: the rule, how many keys could have been chosen, and who was left out. */
export function WhyThisKey({ attempts, decisions }: WhyThisKeyProps) {
  const { t, i18n } = useTranslation('activity')
  if (decisions.length === 0) return <p className={classes['dim']}>{t('why.none')}</p>
  return (
    <ol className={classes['whyList']}>
      {decisions.map(({ number, decision }) => {
        const { rule, candidates, excluded, nearest } = decisionText(decision, t, i18n.language)
        const left = Object.values(decision.excluded).reduce((sum, count) => sum + count, 0)
        const label = attempts.find((attempt) => attempt.number === number)?.keyLabel ?? ''
        return (
          <li key={number}>
            <h4>{t('why.attempt', { number, label })}</h4>
            <p>{rule}</p>
            <p className={classes['dim']}>{candidates}</p>
            {excluded.length > 0 && (
              <ul className={classes['whyOut']} aria-label={t('why.leftOut')}>
                {(nearest.length > 0 ? nearest : excluded).map((line) => (
                  <li key={line}>{line}</li>
                ))}
                {nearest.length > 0 && nearest.length < left && (
                  <li className={classes['dim']}>{excluded.join(' · ')}</li>
                )}
              </ul>
            )}
          </li>
        )
      })}
    </ol>
  )
}
