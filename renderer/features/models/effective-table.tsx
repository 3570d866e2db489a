import { exists } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ConfigKey, ConfigStatement, EffectiveConfigView } from '../../../shared/effective-config.ts'
import type { Texts } from '../../i18n/en.ts'
import { Chips } from '../../ui/chips.tsx'
import { WordPill } from '../../ui/word-pill.tsx'
import classes from './effective-config.module.css'

const shownKeys = 6

const sourceTone = { code: 'own', 'model-configs': 'good', environment: 'new', defaults: 'plain' } as const

function Keys({ keys }: { keys: readonly ConfigKey[] }) {
  const { t } = useTranslation('effective')
  if (keys.length === 0) return <span className={classes['dim']}>{t('noKeys')}</span>
  const nameOf = ({ label, lastFour }: ConfigKey) => {
    if (label !== null) return lastFour === '' ? label : t('keyLabelled', { label, lastFour })
    return lastFour === '' ? t('keyHidden') : t('keyMasked', { lastFour })
  }
  const more = keys.length - shownKeys
  return (
    <Chips names={keys.slice(0, shownKeys).map(nameOf)}>
      {more > 0 && <span className={classes['dim']}>{t('moreKeys', { count: more })}</span>}
    </Chips>
  )
}

function Value({ text, keys }: Pick<ConfigStatement, 'text' | 'keys'>) {
  const { t } = useTranslation('effective')
  if (keys !== null) return <Keys keys={keys} />
  return text === null ? <span className={classes['dim']}>{t('notSet')}</span> : text
}

function Source({ source, name }: Pick<ConfigStatement, 'source' | 'name'>) {
  const { t } = useTranslation('effective')
  if (source === null) return <span className={classes['dim']}>{t('nothing')}</span>
  return (
    <>
      <WordPill tone={sourceTone[source]}>{t(`source.${source}`)}</WordPill>{' '}
      <span className={classes['dim']}>{name}</span>
    </>
  )
}

/** Struck out; of keys, how many there are. */
function Beaten({ statement }: { statement: ConfigStatement }) {
  const { t } = useTranslation('effective')
  const { source, name, text, keys } = statement
  return (
    <li>
      <Source source={source} name={name} /> <s>{keys === null ? text : t('keyCount', { count: keys.length })}</s>
    </li>
  )
}

function Row({ field }: { field: EffectiveConfigView['fields'][number] }) {
  const { t } = useTranslation('effective')
  return (
    <tr>
      <th scope="row">{t(`field.${field.field}`)}</th>
      <td className={classes['value']}>
        <Value text={field.text} keys={field.keys} />
      </td>
      <td>
        <Source source={field.source} name={field.name} />
      </td>
      <td>
        {field.beaten.length === 0 ? (
          <span className={classes['dim']}>{t('nothing')}</span>
        ) : (
          <ul className={classes['lines']}>
            {field.beaten.map((statement, index) => (
              <Beaten key={index} statement={statement} />
            ))}
          </ul>
        )}
      </td>
    </tr>
  )
}

type ProblemCode = keyof Texts['effective']['problem']
const isProblem = (code: string): code is ProblemCode => exists(`effective:problem.${code}`)

/** Each field with the source that won and the ones it beat. */
export function EffectiveTable({ config }: { config: EffectiveConfigView }) {
  const { t } = useTranslation('effective')
  return (
    <>
      <div className={classes['scroll']}>
        <table className={classes['table']} aria-label={t('tableLabel')}>
          <thead>
            <tr>
              {(['field', 'value', 'source', 'beaten'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {config.fields.map((field) => (
              <Row key={field.field} field={field} />
            ))}
            <tr>
              <th scope="row">{t('field.upstreamModel')}</th>
              <td className={classes['value']}>{config.upstreamModel}</td>
              <td colSpan={2} className={classes['dim']}>
                {t('computed')}
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      {config.problems.length > 0 && (
        <ul className={classes['problems']}>
          {config.problems.map(({ code, name }) => (
            <li key={`${code} ${name}`}>{t(`problem.${isProblem(code) ? code : 'other'}`, { name })}</li>
          ))}
        </ul>
      )}
    </>
  )
}
