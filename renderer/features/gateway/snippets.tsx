import { Button, NativeSelect, Tabs } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClientView } from '../../../shared/gateway.ts'
import type { ModelView } from '../../../shared/model.ts'
import { copyText } from '../../app/copy-text.ts'
import { useModels } from '../../app/models-store.ts'
import classes from './gateway.module.css'
import { snippetKinds, snippetOf, speaksAnthropic, type SnippetKind } from '../../app/snippet-text.ts'

interface SnippetsProps {
  baseUrl: string
  /** Null once the token is no longer shown. */
  token: string | null
  /** The models that the client may use; null for every one. */
  allowed: ClientView['allowedModels']
}

/** What to paste into which program, with the address filled in and a model chosen. */
export function Snippets({ baseUrl, token, allowed }: SnippetsProps) {
  const { t } = useTranslation('gateway')
  const all = useModels((store) => store.models)
  const [chosen, setChosen] = useState('')
  const models = allowed === null ? all : all.filter(({ id }) => allowed.includes(id))
  const model = models.find(({ id }) => id === chosen) ?? models[0]
  if (model === undefined) return <p className={classes['panelText']}>{t('snippets.noModel')}</p>
  return (
    <Tabs defaultValue="dslighting" keepMounted={false}>
      <div className={classes['snippetHead']}>
        <Tabs.List aria-label={t('snippets.kind')}>
          {snippetKinds.map((kind) => (
            <Tabs.Tab key={kind} value={kind}>
              {t(`snippets.${kind}.name`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <NativeSelect
          className={classes['snippetModel']}
          size="xs"
          aria-label={t('snippets.model')}
          value={model.id}
          data={models.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      </div>
      {snippetKinds.map((kind) => (
        <Tabs.Panel key={kind} value={kind} className={classes['snippetPanel']}>
          <Snippet kind={kind} model={model} baseUrl={baseUrl} token={token} />
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

interface SnippetProps extends Omit<SnippetsProps, 'allowed'> {
  kind: SnippetKind
  model: ModelView
}

function Snippet({ kind, model, baseUrl, token }: SnippetProps) {
  const { t } = useTranslation('gateway')
  const text = snippetOf(kind, { baseUrl, model, token })
  const name = t(`snippets.${kind}.name`)
  const isOthers = kind === 'anthropic' && !speaksAnthropic(model.apiBase)
  return (
    <>
      {isOthers && <p className={classes['snippetWarning']}>{t('snippets.notClaude', { model: model.name })}</p>}
      <figure className={classes['code']} aria-label={t('snippets.of', { name })}>
        <pre translate="no">{text}</pre>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconCopy size={14} aria-hidden="true" />}
          aria-label={t('snippets.copyName', { name })}
          onClick={() => void copyText(text, t('snippets.copied', { name }))}
        >
          {t('snippets.copy')}
        </Button>
      </figure>
      <p className={classes['snippetHint']}>{t(`snippets.${kind}.hint`)}</p>
    </>
  )
}
