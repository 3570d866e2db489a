import { useTranslation } from 'react-i18next'
import type { RaceCall } from '../../../../shared/key-race.ts'
import { hrefOf } from '../../../app/router.ts'
import { formatInteger } from '../../../ui/format.ts'
import { PlainTable } from '../../../ui/plain-table.tsx'
import classes from './key-race.module.css'
import { failureText, groupFailures } from './race-failures.ts'
import { measures, type Measure, type RacedKey, type Spread } from './race-figures.ts'

interface RaceTableProps {
  keys: readonly RacedKey[]
  rounds: number
  format: (measure: Measure, value: number) => string
}

/** The median of each measure with its least and greatest, what the provider said of the key, and what failed. */
export function RaceTable({ keys, rounds, format }: RaceTableProps) {
  const { t, i18n } = useTranslation('key-race')
  return (
    <>
      <PlainTable label={t('table.name')}>
        <thead>
          <tr>
            <th scope="col">{t('table.key')}</th>
            <th scope="col" data-number>
              {t('table.calls')}
            </th>
            {measures.map((measure) => (
              <th key={measure} scope="col" data-number>
                {t(`measure.${measure}`)}
              </th>
            ))}
            <th scope="col">{t('table.headers')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.keyId}>
              <th scope="row">{key.label}</th>
              <td data-number>
                {t('table.of', {
                  done: formatInteger(key.calls.length - key.failed.length, i18n.language),
                  rounds: formatInteger(rounds, i18n.language),
                })}
                {key.again > 0 && <div className={classes['dim']}>{t('table.again', { count: key.again })}</div>}
                {key.failed.length > 0 && (
                  <div className={classes['error']}>{t('table.failed', { count: key.failed.length })}</div>
                )}
              </td>
              {measures.map((measure) => (
                <td key={measure} data-number>
                  <SpreadText spread={key.spreads[measure]} format={(value) => format(measure, value)} />
                </td>
              ))}
              <td className={classes['headers']}>
                {key.headers.length === 0 ? (
                  <span className={classes['dim']}>–</span>
                ) : (
                  key.headers.map(([name, value]) => (
                    <div key={name}>
                      <span className={classes['dim']}>{name}</span> {value}
                    </div>
                  ))
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <Failures calls={keys.flatMap(({ failed }) => failed)} />
    </>
  )
}

function SpreadText({ spread, format }: { spread: Spread | null; format: (value: number) => string }) {
  const { t } = useTranslation('key-race')
  if (!spread) return <span className={classes['dim']}>–</span>
  const { min, median, max, values } = spread
  return (
    <>
      <strong>{format(median)}</strong>
      {values.length > 1 && (
        <div className={classes['dim']}>{t('table.range', { min: format(min), max: format(max) })}</div>
      )}
    </>
  )
}

/** What failed in the same way is told once, with the way to each of its requests. */
function Failures({ calls }: { calls: readonly RaceCall[] }) {
  const { t } = useTranslation('key-race')
  const { t: failures } = useTranslation('failures')
  const told = groupFailures(calls, (call) => failureText(call, failures))
  if (calls.length === 0) return null
  return (
    <ul className={classes['failures']} aria-label={t('table.failures')}>
      {told.map(({ text, shown, more }) => (
        <li key={text}>
          {text} <Requests calls={shown} />
          {more > 0 && ` ${t('table.more', { count: more })}`}
        </li>
      ))}
    </ul>
  )
}

function Requests({ calls }: { calls: readonly RaceCall[] }) {
  const { t } = useTranslation('key-race')
  return (
    <span className={classes['requests']}>
      {calls.map(({ requestId }, index) => (
        <a key={requestId} href={hrefOf('activity', requestId)}>
          {calls.length === 1 ? t('table.open') : t('table.openOne', { number: index + 1 })}
        </a>
      ))}
    </span>
  )
}
