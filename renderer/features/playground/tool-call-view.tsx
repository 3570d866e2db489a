import { IconTool } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../../ui/markdown/code-block.tsx'
import type { ToolCall } from '../../../shared/conversation.ts'
import classes from './answer-body.module.css'
import { prettyJson } from './pretty-json.ts'

/** A call that the model wants made: nothing makes it here. Arguments that are no JSON stay the text they are. */
export function ToolCallView({ call, isStreaming }: { call: ToolCall; isStreaming: boolean }) {
  const { t } = useTranslation('answer')
  const { name, id, argumentsText } = call
  const pretty = useMemo(() => (isStreaming ? null : prettyJson(argumentsText)), [isStreaming, argumentsText])
  const isBroken = !isStreaming && pretty === null && argumentsText !== ''
  return (
    <section className={classes['toolCall']} aria-label={t('tool.label', { name: name ?? t('tool.unnamed') })}>
      <p className={classes['toolName']}>
        <IconTool size={14} aria-hidden="true" />
        <strong translate="no">{name ?? t('tool.unnamed')}</strong>
        {id !== null && (
          <code translate="no" className={classes['toolId']}>
            {id}
          </code>
        )}
      </p>
      {argumentsText === '' ? (
        !isStreaming && <p className={classes['ending']}>{t('tool.empty')}</p>
      ) : (
        <CodeBlock text={pretty ?? argumentsText} language={pretty === null ? '' : 'json'} closed={!isStreaming} />
      )}
      {isBroken && <p className={classes['ending']}>{t('tool.broken')}</p>}
    </section>
  )
}
