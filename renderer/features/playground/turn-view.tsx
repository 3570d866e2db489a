import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSpan } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { useNow } from '../../ui/use-now.ts'
import { isOpen, type Answer, type Turn } from './answer.ts'
import { AnswerBody } from './answer-body.tsx'
import { AnswerLine } from './answer-line.tsx'
import { FailureNotice } from './failure-notice.tsx'
import classes from './playground.module.css'
import { playground } from './use-playground.ts'

/** One question and its answer. Earlier turns do not change while a later one streams. */
export const TurnView = memo(function TurnView({ turn, isLast }: { turn: Turn; isLast: boolean }) {
  const { t } = useTranslation('playground')
  const { answer } = turn
  const { retry } = playground.getState()
  const canRetry = isLast && !isOpen(answer)
  return (
    <article className={classes['turn']}>
      <h2 className="kw-visually-hidden">{t('you')}</h2>
      <div className={classes['question']}>{turn.question}</div>
      <h2 className="kw-visually-hidden">{t('answer')}</h2>
      <div className={classes['answer']} aria-busy={isOpen(answer)}>
        <AnswerBody answer={answer} />
        <AnswerStatusLine answer={answer} isPinned={turn.keyId !== null} />
        {answer.status === 'failed' && (
          <FailureNotice
            failure={answer.failure}
            thrown={answer.thrown}
            modelId={turn.modelId}
            onRetry={retry}
            canRetry={canRetry}
          />
        )}
        <AnswerLine answer={answer} />
        {canRetry && answer.status !== 'failed' && (
          <Button
            size="compact-xs"
            variant="subtle"
            className={classes['retry']}
            leftSection={<IconRefresh size={13} />}
            onClick={retry}
          >
            {t('retry')}
          </Button>
        )}
      </div>
    </article>
  )
})

function AnswerStatusLine({ answer, isPinned }: { answer: Answer; isPinned: boolean }) {
  const { t } = useTranslation('playground')
  const { status, text } = answer
  if (status === 'parked') return <ParkedNotice untilMs={answer.parkedUntilMs} isPinned={isPinned} />
  if (status === 'waiting') return <p className={classes['status']}>{t('status.waiting')}</p>
  if (status === 'stopped') {
    return <p className={classes['status']}>{text === '' ? t('status.stoppedEarly') : t('status.stopped')}</p>
  }
  if (status === 'done' && text === '' && answer.toolCalls.length === 0)
    return <p className={classes['status']}>{t('status.empty')}</p>
  return null
}

function ParkedNotice({ untilMs, isPinned }: { untilMs: number | null; isPinned: boolean }) {
  const { t, i18n } = useTranslation('playground')
  const nowMs = useNow()
  const wait = formatSpan(Math.max(0, (untilMs ?? nowMs) - nowMs), i18n.language)
  return (
    <Notice tone="warn" title={isPinned ? t('status.parkedPinned', { wait }) : t('status.parked', { wait })}>
      <Button size="xs" variant="default" onClick={playground.getState().stop}>
        {t('status.cancel')}
      </Button>
    </Notice>
  )
}
