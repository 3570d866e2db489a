import { Loader } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RehearsedKey, ScenarioView, StepView } from '../../../../shared/rehearsal.ts'
import type { StepName } from '../../../../shared/rehearsal-terms.ts'
import type { RequestView } from '../../../../shared/request.ts'
import { failureSentence } from '../../../app/failure-message.ts'
import { AttemptTrail } from '../../../ui/attempt-trail.tsx'
import { KeyStateBadge } from '../../../ui/key-state-badge.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useNow } from '../../../ui/use-now.ts'
import classes from './rehearsal.module.css'

/** Step by step: what was expected, beside what happened. */
export function ScenarioResult({ scenario }: { scenario: ScenarioView }) {
  const { t } = useTranslation('rehearsal')
  const { name, state, steps, modelName } = scenario
  const place = useRef<HTMLDivElement>(null)
  const isRunning = state === 'running'
  // Who plays one wants to see it.
  useEffect(() => {
    if (isRunning) place.current?.scrollIntoView({ block: 'start' })
  }, [isRunning])
  return (
    <div ref={place} className={classes['result']}>
      <Panel
        title={t('result.title', { scenario: t(`scenario.${name}.title`), model: modelName })}
        aside={
          <span role="status" className={classes['verdict']} data-state={state}>
            {state === 'running' && <Loader size={12} aria-hidden="true" />}
            {state === 'held' && <IconCheck size={14} aria-hidden="true" />}
            {state === 'missed' && <IconX size={14} aria-hidden="true" />}
            {t(`result.${state}`)}
          </span>
        }
      >
        <ol className={classes['steps']}>
          {steps.map((step, index) => (
            <Step
              key={step.name}
              step={step}
              number={index + 1}
              sick={scenario.sick ? t('named', { key: scenario.sick.label }) : t('thatKey')}
            />
          ))}
        </ol>
        {state === 'held' && <p className={classes['lesson']}>{t(`scenario.${name}.lesson`)}</p>}
      </Panel>
    </div>
  )
}

function Step({ step, number, sick }: { step: StepView; number: number; sick: string }) {
  const { t } = useTranslation('rehearsal')
  const stepName = step.name as StepName
  return (
    <li className={classes['step']} data-state={step.state}>
      <h3 className={classes['stepTitle']}>
        <span className={classes['stepNumber']} aria-hidden="true">
          {number}
        </span>
        {t(`step.${stepName}`, { key: sick })}
      </h3>
      <div className={classes['sides']}>
        <div>
          <h4 className={classes['side']}>{t('result.expected')}</h4>
          <ul className={classes['checks']}>
            {step.checks.map(({ name, holds }) => (
              <li key={name} className={classes['check']} data-holds={holds ?? 'unknown'}>
                <Mark holds={holds} />
                {t(`check.${name}`, { key: sick })}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h4 className={classes['side']}>{t('result.happened')}</h4>
          {step.requests.length === 0 ? (
            <p className={classes['dim']}>{t(`result.step.${step.state}`)}</p>
          ) : (
            <Happened step={step} />
          )}
        </div>
      </div>
    </li>
  )
}

function Mark({ holds }: { holds: boolean | null }) {
  const { t } = useTranslation('rehearsal')
  if (holds === null) return <span className={classes['open']} title={t('result.open')} />
  const Icon = holds ? IconCheck : IconX
  return (
    <>
      <Icon size={14} aria-hidden="true" />
      <span className="kw-visually-hidden">{holds ? t('result.yes') : t('result.no')}</span>
    </>
  )
}

function Happened({ step }: { step: StepView }) {
  const { t } = useTranslation('rehearsal')
  return (
    <>
      <ul className={classes['requests']}>
        {step.requests.map((request) => (
          <li key={request.id}>
            <Happening request={request} />
          </li>
        ))}
      </ul>
      {step.keys.length > 0 && (
        <ul className={classes['keyStrip']} aria-label={t('result.keys')}>
          {step.keys.map((key) => (
            <KeyChip key={key.keyId} rehearsed={key} />
          ))}
        </ul>
      )}
    </>
  )
}

/** Which key was asked, what failed, where it went, and how it ended. */
export function Happening({ request }: { request: RequestView }) {
  const { t } = useTranslation('rehearsal')
  const { t: failures } = useTranslation('failures')
  const { attempts, failure, result } = request
  return (
    <div className={classes['happening']}>
      {attempts.length > 0 && <AttemptTrail attempts={attempts} />}
      {attempts.length === 0 && failure && <span className={classes['dim']}>{t('result.noCall')}</span>}
      {result === 'parked' && <span className={classes['dim']}>{t('result.waits')}</span>}
      {failure && <span className={classes['ending']}>{failureSentence(failure, failures).cause}</span>}
    </div>
  )
}

function KeyChip({ rehearsed: { label, state } }: { rehearsed: RehearsedKey }) {
  const nowMs = useNow()
  return (
    <li className={classes['keyChip']}>
      <span className={classes['keyLabel']}>{label}</span>
      <KeyStateBadge state={state} nowMs={nowMs} />
    </li>
  )
}
