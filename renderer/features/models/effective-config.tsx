import { Button, FileButton, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../shared/model.ts'
import { client } from '../../app/client.ts'
import { procedureSentence, refusalSentence } from '../../app/failure-message.ts'
import { offeredFrom } from '../../app/import-inbox.ts'
import { attempt } from '../../app/toast.tsx'
import { keepsFocus } from '../../ui/kept-focus.ts'
import { Notice } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './effective-config.module.css'
import { EffectiveTable } from './effective-table.tsx'
import { useEffectiveConfig, type CodeParameters, type Environment } from './use-effective-config.ts'
import { formatList } from '../../ui/format.ts'

const nothingSaid: CodeParameters = { model: '', apiBase: '', provider: '', temperature: null }

/** As the code spells them. */
const parameters = { model: 'model=', apiBase: 'api_base=', provider: 'provider=', temperature: 'temperature=' }

interface CodeFormProps {
  code: CodeParameters
  onChange: (code: CodeParameters) => void
}

/** A number that is only begun, such as `0.`, says nothing yet. */
function numberIn(typed: string | number): number | null {
  const number = typed === '' ? Number.NaN : Number(typed)
  return Number.isFinite(number) ? number : null
}

function CodeForm({ code, onChange }: CodeFormProps) {
  const { t } = useTranslation('effective')
  const [temperature, setTemperature] = useState<string | number>('')
  const text = (name: 'model' | 'apiBase' | 'provider') => (
    <TextInput
      label={t(`field.${name}`)}
      placeholder={parameters[name]}
      spellCheck={false}
      value={code[name]}
      onChange={(event) => onChange({ ...code, [name]: event.currentTarget.value })}
    />
  )
  return (
    <Panel title={t('codeTitle')}>
      <p className={classes['text']}>{t('codeText')}</p>
      <div className={classes['fields']}>
        {text('model')}
        {text('apiBase')}
        {text('provider')}
        <NumberInput
          label={t('field.temperature')}
          placeholder={parameters.temperature}
          min={0}
          max={2}
          step={0.1}
          decimalScale={2}
          clampBehavior="strict"
          value={temperature}
          onChange={(value) => {
            setTemperature(value)
            onChange({ ...code, temperature: numberIn(value) })
          }}
        />
      </div>
    </Panel>
  )
}

interface EnvironmentProps {
  environment: Environment | null
  onChange: (environment: Environment | null) => void
}

function EnvironmentPanel({ environment, onChange }: EnvironmentProps) {
  const { t } = useTranslation('effective')
  const { t: failureText } = useTranslation('failures')
  const [refused, setRefused] = useState<string | null>(null)
  const take = async (file: File) => {
    const offered = await offeredFrom(file, file.name)
    const { name } = offered
    const refuse = (cause: string) => setRefused(t('refused', { name, cause }))
    setRefused(null)
    if (offered.kind === 'too-large') {
      return refuse(refusalSentence({ reason: 'too-large', line: null, column: null }, failureText).cause)
    }
    try {
      const { id } = await client.dslighting.check({ base64: offered.base64, fileName: name.slice(0, 255) })
      return onChange({ id, name })
    } catch (error) {
      return refuse(procedureSentence(error, failureText).cause)
    }
  }
  return (
    <Panel title={t('envTitle')}>
      <p className={classes['text']}>{t('envText')}</p>
      {refused !== null && <Notice tone="danger" urgent title={refused} />}
      <div className={classes['buttons']}>
        <FileButton onChange={(file) => file !== null && attempt(() => take(file))}>
          {(props) => (
            <Button variant="default" {...props}>
              {t('chooseEnv')}
            </Button>
          )}
        </FileButton>
        {environment !== null && (
          <>
            <span>{t('envNamed', { name: environment.name })}</span>
            <Button variant="subtle" onClick={() => onChange(null)}>
              {t('removeEnv')}
            </Button>
          </>
        )}
      </div>
    </Panel>
  )
}

/** What a request would use, and why. */
export function EffectiveConfig({ model }: { model: ModelView }) {
  const { t, i18n } = useTranslation('effective')
  const [code, setCode] = useState(nothingSaid)
  const [environment, setEnvironment] = useState<Environment | null>(null)
  const config = useEffectiveConfig(model, environment, code)
  return (
    <div className={classes['view']} ref={keepsFocus}>
      <p className={classes['intro']}>{t('intro')}</p>
      {config !== null && <EffectiveTable config={config} />}
      {model.headers.length > 0 && (
        <p className={classes['intro']}>
          {t('headers', {
            names: formatList(
              model.headers.map(({ name }) => name),
              i18n.language,
            ),
          })}
        </p>
      )}
      <div className={classes['tries']}>
        <CodeForm code={code} onChange={setCode} />
        <EnvironmentPanel environment={environment} onChange={setEnvironment} />
      </div>
    </div>
  )
}
