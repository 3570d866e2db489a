import { Loader } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelId } from '../../../../shared/identity.ts'
import type { ScenarioView, StepView } from '../../../../shared/rehearsal.ts'
import type { StepName } from '../../../../shared/rehearsal-terms.ts'
import type { AttemptView, RequestView } from '../../../../shared/request.ts'
import { failureSentence } from '../../../app/failure-message.ts'
import { useRehearsal } from '../../../app/rehearsal-store.ts'
import { useLiveNow } from '../../../app/use-live.ts'
import { AttemptTrail } from '../../../ui/attempt-trail.tsx'
import { KeyStateBadge } from '../../../ui/key-state-badge.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { useNow } from '../../../ui/use-now.ts'
import classes from './rehearsal.module.css'
import { RehearsedWheel } from './rehearsed-wheel.tsx'
import { attemptsOf, endedAtMs } from './wheel-story.ts'

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
        <p className={classes['hint']}>{t('wheel.legend')}</p>
        <ol className={classes['steps']}>
          {steps.map((step, index) => (
            <Step
              key={step.name}
              step={step}
              number={index + 1}
              modelId={scenario.modelId}
              earlier={attemptsOf(steps.slice(0, index).flatMap(({ requests }) => requests))}
              sick={scenario.sick ? t('named', { key: scenario.sick.label }) : t('thatKey')}
            />
          ))}
        </ol>
        {state === 'held' && <p className={classes['lesson']}>{t(`scenario.${name}.lesson`)}</p>}
      </Panel>
    </div>
  )
}

interface StepProps {
  step: StepView
  number: number
  modelId: ModelId
  /** Calls of the steps before. */
  earlier: readonly AttemptView[]
  sick: string
}

function Step({ step, number, modelId, earlier, sick }: StepProps) {
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
            <ul className={classes['requests']}>
              {step.requests.map((request) => (
                <li key={request.id}>
                  <Happening request={request} />
                </li>
              ))}
            </ul>
          )}
          {step.keys.length > 0 && <KeyStrip step={step} />}
        </div>
        {step.keys.length > 0 && <StepWheel step={step} modelId={modelId} earlier={earlier} />}
      </div>
    </li>
  )
}

/** While a step goes on the wheel turns with it; afterwards it stays as it stood then. */
function StepWheel(props: Pick<StepProps, 'step' | 'modelId' | 'earlier'>) {
  return props.step.state === 'running' ? <LiveWheel {...props} /> : <WheelAt {...props} nextKeyId={null} />
}

function LiveWheel(props: Pick<StepProps, 'step' | 'modelId' | 'earlier'>) {
  const nextKeyId = useRehearsal((store) => store.status?.rehearsal?.nextKeyId ?? null)
  return <WheelAt {...props} nextKeyId={nextKeyId} nowMs={useLiveNow(250)} />
}

type WheelAtProps = Pick<StepProps, 'step' | 'modelId' | 'earlier'> & { nextKeyId: string | null; nowMs?: number }

const WheelAt = ({ step, modelId, earlier, nextKeyId, nowMs }: WheelAtProps) => (
  <RehearsedWheel
    modelId={modelId}
    keys={step.keys}
    attempts={attemptsOf(step.requests)}
    earlier={earlier}
    nextKeyId={nextKeyId}
    nowMs={nowMs ?? endedAtMs(step.requests) ?? 0}
  />
)

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

/** The wheel in words: the keys by the numbers that it shows. */
function KeyStrip({ step: { state, keys, requests } }: { step: StepView }) {
  const { t } = useTranslation('rehearsal')
  const tickingMs = useNow()
  const thenMs = Math.ceil((endedAtMs(requests) ?? 0) / 1_000) * 1_000
  return (
    <ol className={classes['keyStrip']} aria-label={t('result.keys')}>
      {keys.map(({ keyId, label, state: keyState }) => (
        <li key={keyId} className={classes['keyChip']}>
          <span className={classes['keyLabel']}>{label}</span>
          <KeyStateBadge state={keyState} nowMs={state === 'running' ? tickingMs : thenMs} />
        </li>
      ))}
    </ol>
  )
}
