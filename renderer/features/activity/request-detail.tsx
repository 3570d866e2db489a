import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordedText, RequestDetail as Detail } from '../../../shared/activity.ts'
import type { RequestView } from '../../../shared/request.ts'
import { failureSentence } from '../../app/failure-message.ts'
import { AttemptTrail } from '../../ui/attempt-trail.tsx'
import { formatCost, formatDuration, formatInteger, formatMoment, formatSentences } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import { AttemptTimeline } from './attempt-timeline.tsx'
import classes from './request-detail.module.css'
import { stateOfResult } from './result-state.ts'
import { useClientName } from './use-client-name.ts'
import { WhyThisKey } from './why-this-key.tsx'

interface RequestDetailProps {
  request: RequestView
  /** What the journal keeps beside it; null while it is on its way there. */
  detail: Detail | null
  nowMs: number
}

/** One request opened: the way through its keys, how long each took, why each was chosen, and why it failed. */
export function RequestDetail({ request, detail, nowMs }: RequestDetailProps) {
  const { t, i18n } = useTranslation('activity')
  return (
    <div className={classes['detail']}>
      <header className={classes['head']}>
        <p>
          <strong>{request.modelName}</strong>
          <StateBadge kind={stateOfResult[request.result]}>{t(`result.${request.result}`)}</StateBadge>
        </p>
        <p className={classes['dim']}>{formatMoment(request.startedAtMs, i18n.language)}</p>
      </header>
      <FailureNotice request={request} nowMs={nowMs} />
      <Facts request={request} costMicros={detail?.request.costMicros ?? null} nowMs={nowMs} />
      <Part title={t('detail.attempts')}>
        {request.attempts.length === 0 ? (
          <p className={classes['dim']}>{t('detail.none')}</p>
        ) : (
          <>
            <AttemptTrail attempts={request.attempts} />
            <AttemptTimeline request={request} headers={detail?.headers ?? []} nowMs={nowMs} />
          </>
        )}
      </Part>
      <Part title={t('why.title')}>
        <WhyThisKey attempts={request.attempts} decisions={detail?.decisions ?? []} />
      </Part>
      {detail?.texts && (
        <Part title={t('texts.title')}>
          <Recorded name={t('texts.asked')} recorded={detail.texts.asked} />
          <Recorded name={t('texts.answered')} recorded={detail.texts.answered} />
        </Part>
      )}
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes['part']}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  )
}

function Recorded({ name, recorded }: { name: string; recorded: RecordedText | null }) {
  const { t } = useTranslation('activity')
  return (
    <div className={classes['recorded']}>
      <h4>{name}</h4>
      {recorded === null ? (
        <p className={classes['dim']}>{t('texts.none')}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        <pre tabIndex={0} aria-label={name}>
          {recorded.text}
        </pre>
      )}
      {recorded?.cut === true && <p className={classes['dim']}>{t('texts.cut')}</p>}
    </div>
  )
}

function FailureNotice({ request, nowMs }: { request: RequestView; nowMs: number }) {
  const { t, i18n } = useTranslation('activity')
  const { t: failures } = useTranslation('failures')
  if (request.failure === null) return null
  const { cause, next, quote } = failureSentence(request.failure, failures, nowMs)
  const quoted = quote === null ? [] : [t('detail.quote', { quote })]
  return <Notice tone="danger" title={cause} text={formatSentences([next, ...quoted], i18n.language)} />
}

interface FactsProps {
  request: RequestView
  /** Null when there are no tokens, or no known price for them. */
  costMicros: number | null
  nowMs: number
}

function Facts({ request, costMicros, nowMs }: FactsProps) {
  const { t, i18n } = useTranslation('activity')
  const clientName = useClientName()
  const { language } = i18n
  const { usage, firstOutputMs } = request
  const tookMs = Math.max(0, (request.endedAtMs ?? nowMs) - request.startedAtMs)
  return (
    <dl className={classes['facts']}>
      <Fact name={t('table.client')}>{clientName(request.client)}</Fact>
      <Fact name={t('table.took')}>{formatDuration(tookMs, language)}</Fact>
      {firstOutputMs !== null && <Fact name={t('detail.firstOutput')}>{formatDuration(firstOutputMs, language)}</Fact>}
      {usage !== null && (
        <>
          <Fact name={t('table.tokens')}>
            {t('detail.usage', {
              prompt: formatInteger(usage.promptTokens, language),
              completion: formatInteger(usage.completionTokens, language),
            })}
            {usage.estimated && ` · ${t('detail.estimated')}`}
          </Fact>
          <Fact name={t('detail.cost')}>
            {costMicros === null ? t('detail.noPrice') : formatCost(costMicros / 1_000_000, language)}
          </Fact>
        </>
      )}
      <Fact name={t('detail.id')}>
        <span className="kw-mono">{request.id}</span>
        <CopyButton text={request.id} />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const copiedForMs = 1_500

function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation('activity')
  const clipboard = useClipboard({ timeout: copiedForMs })
  return (
    <Button size="compact-xs" variant="subtle" onClick={() => clipboard.copy(text)}>
      {clipboard.copied ? t('detail.copied') : t('detail.copy')}
    </Button>
  )
}
