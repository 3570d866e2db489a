import { useTranslation } from 'react-i18next'
import { estimateTokens } from '../../../shared/estimate-tokens.ts'
import { formatDuration, formatInteger } from '../../ui/format.ts'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { isOpen, type Answer } from './answer.ts'
import { AnswerFrame } from './answer-frame.tsx'
import classes from './answer-body.module.css'
import { ToolCallView } from './tool-call-view.tsx'

/** What came, in the order in which a model says it: its reasoning, folded, its words, and the calls it wants made. */
export function AnswerBody({ answer }: { answer: Answer }) {
  const { t } = useTranslation('answer')
  const { text, reasoning, toolCalls } = answer
  if (text === '' && reasoning === '' && toolCalls.length === 0) return null
  const isStreaming = isOpen(answer)
  return (
    <AnswerFrame>
      {reasoning !== '' && <Reasoning answer={answer} />}
      {answer.isRefusal && <p className={classes['ending']}>{t('refusal')}</p>}
      {text !== '' && <Markdown text={text} isStreaming={isStreaming} />}
      {toolCalls.map((call) => (
        <ToolCallView key={call.index} call={call} isStreaming={isStreaming} />
      ))}
      <Ending answer={answer} />
    </AnswerFrame>
  )
}

/** Only drawn while it is open: it may be longer than the answer. */
function Reasoning({ answer: { reasoning, reasoningMs, ...answer } }: { answer: Answer }) {
  const { t } = useTranslation('answer')
  const facts = useReasoningFacts(reasoning, reasoningMs)
  const isGoing = reasoningMs === undefined && answer.status === 'streaming'
  return (
    <details className={classes['reasoning']}>
      <summary>
        {isGoing ? t('reasoningNow') : t('reasoning')}
        {facts.map((fact) => (
          <span key={fact} className={classes['fact']}>
            {fact}
          </span>
        ))}
      </summary>
      <div className={classes['reasoningText']}>{reasoning}</div>
    </details>
  )
}

function useReasoningFacts(reasoning: string, reasoningMs: number | undefined): string[] {
  const { t, i18n } = useTranslation('answer')
  const { language } = i18n
  const tokens = estimateTokens(reasoning)
  return [
    t('reasoningTokens', { count: tokens, tokens: formatInteger(tokens, language) }),
    ...(reasoningMs === undefined ? [] : [formatDuration(reasoningMs, language)]),
  ]
}

/** Why an answer ends where it does, when it was not because everything was said. */
function Ending({ answer: { status, finishReason } }: { answer: Answer }) {
  const { t } = useTranslation('answer')
  if (status !== 'done') return null
  if (finishReason === 'length') return <p className={classes['ending']}>{t('ending.length')}</p>
  if (finishReason === 'content_filter') return <p className={classes['ending']}>{t('ending.content_filter')}</p>
  if (finishReason === 'tool_calls') return <p className={classes['ending']}>{t('ending.tool_calls')}</p>
  return null
}
