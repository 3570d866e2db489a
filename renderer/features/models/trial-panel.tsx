import { Button, Checkbox, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OutcomeView } from '../../../shared/outcome.ts'
import { oneLine, outcomeSentence } from '../../app/failure-message.ts'
import { masked } from './masked.ts'
import type { useKeyTrials } from './key-trials.ts'
import classes from './model-forms.module.css'
import type { PastedKey } from './pasted-keys.ts'
import { hostOf } from './providers.ts'

const shownFailures = 5

interface TrialPanelProps {
  keys: readonly PastedKey[]
  apiBase: string
  trials: ReturnType<typeof useKeyTrials>
  withoutFailed: boolean
  onWithoutFailed: (without: boolean) => void
}

export const hasFailed = (outcome: OutcomeView | undefined): boolean =>
  outcome !== undefined && outcome.kind !== 'served'

/** Tries the pasted keys before they are added, when a person asks for it. */
export function TrialPanel({ keys, apiBase, trials, withoutFailed, onWithoutFailed }: TrialPanelProps) {
  const { t } = useTranslation('models')
  const { t: failureText } = useTranslation('failures')
  const { results, progress } = trials
  const tried = keys.filter(({ secret }) => results.has(secret))
  const failed = tried.filter(({ secret }) => hasFailed(results.get(secret)))
  if (keys.length === 0) return null
  return (
    <div className={classes['trial']}>
      {progress === null ? (
        <Button variant="default" onClick={() => void trials.run(keys.map(({ secret }) => secret))}>
          {t('trial.run', { count: keys.length })}
        </Button>
      ) : (
        <>
          <Progress
            value={(100 * progress.done) / progress.of}
            aria-label={t('trial.progress', progress)}
            className={classes['bar'] ?? ''}
          />
          <span aria-live="polite">{t('trial.progress', progress)}</span>
          <Button variant="default" size="compact-sm" onClick={trials.cancel}>
            {t('trial.cancel')}
          </Button>
        </>
      )}
      {tried.length > 0 && (
        <span aria-live="polite">
          {t('trial.result', { good: tried.length - failed.length, failed: failed.length })}
        </span>
      )}
      {failed.length > 0 && (
        <ul className={classes['trialFailures']}>
          {failed.slice(0, shownFailures).map(({ secret, lastFour, line }) => {
            const key = t('trial.key', { shown: masked(lastFour), line })
            const outcome = results.get(secret)
            return (
              <li key={line + lastFour}>
                {outcome && oneLine(outcomeSentence(outcome, key, hostOf(apiBase), failureText), failureText)}
              </li>
            )
          })}
          {failed.length > shownFailures && <li>{t('trial.more', { count: failed.length - shownFailures })}</li>}
        </ul>
      )}
      {failed.length > 0 && (
        <Checkbox
          label={t('trial.without')}
          checked={withoutFailed}
          onChange={(event) => onWithoutFailed(event.currentTarget.checked)}
        />
      )}
    </div>
  )
}
