import { Button, Modal, NativeSelect, Tabs } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatContent, ChatMessage, ChatParameters } from '../../../../shared/chat.ts'
import type { ModelView } from '../../../../shared/model.ts'
import { useGateway } from '../../../app/gateway-store.ts'
import { hrefOf } from '../../../app/router.ts'
import { snippetOf, tokenVariable } from '../../../app/snippet-text.ts'
import { CodeBlock } from '../../../ui/markdown/code-block.tsx'
import { AnswerFrame } from '../answer-frame.tsx'
import { copiedRequest } from './copied-request.ts'
import classes from './copy-as.module.css'
import { spaced } from '../../../ui/spaced.ts'

interface CopyAsProps {
  models: readonly ModelView[]
  earlier: readonly ChatMessage[]
  content: ChatContent
  parameters: ChatParameters
}

const kinds = ['curl', 'python', 'typescript', 'dslighting'] as const
const languageOf = { curl: 'bash', python: 'python', typescript: 'typescript', dslighting: 'env' } as const

/** The same request for another program, through the gateway; a key is never in it. */
export function CopyAs(props: CopyAsProps) {
  const { t } = useTranslation('copy-as')
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconCode size={14} aria-hidden="true" />}
        onClick={() => setIsOpen(true)}
      >
        {t('open')}
      </Button>
      {isOpen && (
        <Modal
          opened
          size="xl"
          onClose={() => setIsOpen(false)}
          title={t('title')}
          closeButtonProps={{ 'aria-label': t('close') }}
        >
          <Snippets {...props} />
        </Modal>
      )}
    </>
  )
}

function Snippets({ models, earlier, content, parameters }: CopyAsProps) {
  const { t } = useTranslation('copy-as')
  const gateway = useGateway(({ status }) => status)
  const [chosen, setChosen] = useState('')
  const model = models.find(({ id }) => id === chosen) ?? models[0]
  const request = useMemo(() => copiedRequest(earlier, content, parameters), [earlier, content, parameters])
  if (!model || !gateway) return null
  const { baseUrl, state } = gateway
  const facts = { baseUrl, model, token: null, ...(request && { request }) }
  const temperature = parameters.temperature ?? model.temperature
  return (
    <AnswerFrame>
      <div className={classes['body']}>
        {models.length > 1 && (
          <NativeSelect
            size="xs"
            label={t('model')}
            value={model.id}
            data={models.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        <Tabs defaultValue="curl" keepMounted={false}>
          <Tabs.List aria-label={t('kinds')}>
            {kinds.map((kind) => (
              <Tabs.Tab key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {kinds.map((kind) => (
            <Tabs.Panel key={kind} value={kind} className={classes['panel']}>
              <CodeBlock
                text={snippetOf(kind, kind === 'dslighting' ? { ...facts, model: { ...model, temperature } } : facts)}
                language={languageOf[kind]}
                closed
              />
            </Tabs.Panel>
          ))}
        </Tabs>
        <p className={classes['hint']}>
          {spaced(t('token', { variable: tokenVariable }))}
          <a href={hrefOf('gateway')}>{t('openGateway')}</a>
        </p>
        {state.kind !== 'on' && <p className={classes['hint']}>{t('gatewayOff')}</p>}
      </div>
    </AnswerFrame>
  )
}
