import { useTranslation } from 'react-i18next'
import type { Measure, RacedKey } from './race-figures.ts'
import classes from './key-race.module.css'

const rowHeight = 24
/** Room for half a dot at either end, in hundredths of the width. */
const margin = 1

interface RaceChartProps {
  keys: readonly RacedKey[]
  measure: Measure
  format: (value: number) => string
}

/** A dot a call, a bar from the least to the greatest, and a mark at the median; the table beside it says the same. */
export function RaceChart({ keys, measure, format }: RaceChartProps) {
  const { t } = useTranslation('key-race')
  const most = Math.max(0, ...keys.map(({ spreads }) => spreads[measure]?.max ?? 0))
  if (most === 0) return null
  const x = (value: number) => `${margin + (value / most) * (100 - 2 * margin)}%`
  const height = keys.length * rowHeight
  return (
    <div className={classes['chart']}>
      <ul className={classes['chartLabels']} aria-hidden="true">
        {keys.map(({ keyId, label }) => (
          <li key={keyId}>{label}</li>
        ))}
      </ul>
      <div>
        <svg className={classes['plot']} height={height} role="img" aria-label={t(`chart.${measure}`)}>
          {keys.map(({ keyId, spreads }, row) => {
            const spread = spreads[measure]
            const y = row * rowHeight + rowHeight / 2
            return (
              <g key={keyId}>
                <line className={classes['axis']} x1={x(0)} x2={x(most)} y1={y} y2={y} />
                {spread && (
                  <>
                    <line className={classes['range']} x1={x(spread.min)} x2={x(spread.max)} y1={y} y2={y} />
                    {spread.values.map((value, index) => (
                      <circle key={index} className={classes['dot']} cx={x(value)} cy={y} r="3" />
                    ))}
                    <line
                      className={classes['median']}
                      x1={x(spread.median)}
                      x2={x(spread.median)}
                      y1={y - 8}
                      y2={y + 8}
                    />
                  </>
                )}
              </g>
            )
          })}
        </svg>
        <div className={classes['scale']} aria-hidden="true">
          <span>0</span>
          <span>{format(most)}</span>
        </div>
      </div>
    </div>
  )
}
