import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatContent, ChatMessage, ChatParameters } from '../../../../shared/chat.ts'
import type { ModelView } from '../../../../shared/model.ts'
import { formatInteger, formatSentences } from '../../../ui/format.ts'
import classes from '../composer.module.css'
import { useContextWindows } from './context-window.ts'
import { isCountedExactly } from './model-families.ts'
import { usePromptTokens } from './use-prompt-tokens.ts'

interface TokenLineProps {
  models: readonly ModelView[]
  earlier: readonly ChatMessage[]
  content: ChatContent
  parameters: ChatParameters
}

/** How much would be sent, and whether a model takes so much; said before it is sent. */
export function TokenLine({ models, earlier, content, parameters }: TokenLineProps) {
  const { t, i18n } = useTranslation('prompt')
  const messages = useMemo(
    () => (content === '' ? earlier : [...earlier, { role: 'user' as const, content }]),
    [earlier, content],
  )
  const counted = usePromptTokens(messages)
  const windows = useContextWindows(models)
  if (messages.length === 0 || !counted) return null

  const number = (value: number) => formatInteger(value, i18n.language)
  const isExact = counted.isExact && models.every(({ upstreamModel }) => isCountedExactly(upstreamModel))
  const { maxTokens = 0 } = parameters
  const smallest = smallestWindow(models, windows)
  const tokens = `${isExact ? '' : '≈ '}${number(counted.tokens)}`
  const isOver = smallest !== null && counted.tokens + maxTokens > smallest.tokens
  if (isOver) {
    const facts = { tokens, model: smallest.model.name, window: number(smallest.tokens), most: number(maxTokens) }
    return (
      <p className={classes['over']} role="status">
        {formatSentences(
          [maxTokens === 0 ? t('tokens.over', facts) : t('tokens.overWithAnswer', facts), t('tokens.overNext')],
          i18n.language,
        )}
      </p>
    )
  }
  return (
    <span className={classes['tokens']} title={isExact ? t('tokens.exactHint') : t('tokens.roughHint')}>
      {smallest === null
        ? t('tokens.count', { count: counted.tokens, tokens })
        : t('tokens.of', { tokens, window: number(smallest.tokens) })}
    </span>
  )
}

/** Of several models the one that takes least. */
function smallestWindow(models: readonly ModelView[], windows: ReturnType<typeof useContextWindows>) {
  return models.reduce<{ model: ModelView; tokens: number } | null>((smallest, model) => {
    const tokens = windows.get(model.id)
    return tokens !== undefined && (smallest === null || tokens < smallest.tokens) ? { model, tokens } : smallest
  }, null)
}
