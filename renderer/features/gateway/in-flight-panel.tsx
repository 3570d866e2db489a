import { useTranslation } from 'react-i18next'
import { liveFeed } from '../../app/live-feed.ts'
import { useModels } from '../../app/models-store.ts'
import { hrefOf } from '../../app/router.ts'
import { useLiveNow } from '../../app/use-live.ts'
import { formatDuration, formatInteger, formatSpan } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { StateBadge } from '../../ui/state-badge.tsx'
import classes from './gateway.module.css'
import { inFlightOf, waitsUntilMs, type InFlight } from './in-flight.ts'

const everyMs = 250
const shownRows = 50

const toldUntilMs = (requestId: string) => liveFeed.history.parkedUntilMs(requestId)

/** What the gateway's clients are waiting for now, from the live feed. */
export function InFlightPanel() {
  const { t, i18n } = useTranslation('gateway')
  const nowMs = useLiveNow(everyMs)
  const models = useModels((store) => store.models)
  const requests = inFlightOf(liveFeed.history.requests.running(), (request) =>
    waitsUntilMs(request, toldUntilMs, models, nowMs),
  )
  return (
    <Panel
      title={t('inFlight.title')}
      aside={t('inFlight.count', { count: requests.length, number: formatInteger(requests.length, i18n.language) })}
    >
      {requests.length === 0 ? (
        <p className={classes['panelText']}>{t('inFlight.none')}</p>
      ) : (
        <InFlightTable requests={requests.slice(0, shownRows)} nowMs={nowMs} />
      )}
    </Panel>
  )
}

function InFlightTable({ requests, nowMs }: { requests: readonly InFlight[]; nowMs: number }) {
  const { t, i18n } = useTranslation('gateway')
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']} aria-label={t('inFlight.title')}>
        <thead>
          <tr>
            <th scope="col" className={classes['names']}>
              {t('inFlight.client')}
            </th>
            <th scope="col" className={classes['names']}>
              {t('inFlight.model')}
            </th>
            <th scope="col">{t('inFlight.key')}</th>
            <th scope="col" className={classes['number']}>
              {t('inFlight.attempt')}
            </th>
            <th scope="col">{t('inFlight.state')}</th>
            <th scope="col" className={classes['number']}>
              {t('inFlight.elapsed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {requests.map((request) => (
            <tr key={request.id}>
              <th scope="row" className={classes['names']}>
                <a className={classes['clip']} href={hrefOf('activity', request.id)} title={request.id}>
                  {request.client}
                </a>
              </th>
              <td className={classes['names']}>
                <ModelName request={request} />
              </td>
              <td>{request.key ?? t('inFlight.noKey')}</td>
              <td className={classes['number']}>{formatInteger(request.attempt, i18n.language)}</td>
              <td>
                <Stand request={request} nowMs={nowMs} />
              </td>
              <td className={classes['number']}>
                {formatDuration(Math.max(0, nowMs - request.startedAtMs), i18n.language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ModelName({ request: { model, standIn } }: { request: InFlight }) {
  const name = standIn === null ? model : `${model} → ${standIn}`
  return (
    <span className={classes['clip']} title={name}>
      {name}
    </span>
  )
}

/** Waiting for a key, with the time left; for the provider; or its answer arrives. */
function Stand({ request: { parked, answering }, nowMs }: { request: InFlight; nowMs: number }) {
  const { t, i18n } = useTranslation('gateway')
  if (parked !== null) {
    const wait = parked.untilMs === null ? null : formatSpan(parked.untilMs - nowMs, i18n.language)
    return (
      <StateBadge kind="cooling">{wait === null ? t('inFlight.parked') : t('inFlight.parkedFor', { wait })}</StateBadge>
    )
  }
  return answering ? (
    <StateBadge kind="ready">{t('inFlight.answering')}</StateBadge>
  ) : (
    <StateBadge kind="probing">{t('inFlight.waiting')}</StateBadge>
  )
}
