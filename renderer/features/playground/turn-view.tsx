import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSpan } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { useNow } from '../../ui/use-now.ts'
import { isOpen, type Answer } from './answer.ts'
import { AnswerBody } from './answer-body.tsx'
import { AnswerLine } from './answer-line.tsx'
import { BranchSwitch, hasSameBranches } from './branch-switch.tsx'
import { FailureNotice } from './failure-notice.tsx'
import type { ChatPane, Question, Reply } from './pane.ts'
import classes from './playground.module.css'
import { QuestionView } from './question-view.tsx'
import { playground } from './use-playground.ts'

interface TurnViewProps {
  tree: ChatPane
  question: Question
  reply: Reply | null
}

/** One question and its answer. Earlier turns do not change while a later one streams. */
export const TurnView = memo(
  function TurnView({ tree, question, reply }: TurnViewProps) {
    const { t } = useTranslation('playground')
    return (
      <article className={classes['turn']}>
        <h2 className="kw-visually-hidden">{t('you')}</h2>
        <QuestionView pane={tree} question={question} />
        <h2 className="kw-visually-hidden">{t('answer')}</h2>
        {reply && <ReplyView pane={tree} question={question} reply={reply} />}
      </article>
    )
  },
  (before, after) =>
    before.question === after.question && before.reply === after.reply && hasSameBranches(before.tree, after.tree),
)

function ReplyView({ pane, question, reply }: { pane: ChatPane; question: Question; reply: Reply }) {
  const { t } = useTranslation('playground')
  const { answer } = reply
  const retry = () => playground.getState().retry(pane.id, question.id)
  const canRetry = !isOpen(answer)
  return (
    <div className={classes['answer']} aria-busy={isOpen(answer)}>
      <AnswerBody answer={answer} />
      <AnswerStatusLine answer={answer} isPinned={reply.keyId !== null} onCancel={() => stopIn(pane)} />
      {answer.status === 'failed' && (
        <FailureNotice
          failure={answer.failure}
          thrown={answer.thrown}
          modelId={reply.modelId}
          onRetry={retry}
          canRetry={canRetry}
        />
      )}
      <AnswerLine answer={answer} />
      <div className={classes['turnActions']}>
        <BranchSwitch pane={pane} message={reply} label={t('branch.answers')} />
        {canRetry && answer.status !== 'failed' && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconRefresh size={13} />} onClick={retry}>
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  )
}

const stopIn = ({ id }: ChatPane) => playground.getState().stop(id)

interface AnswerStatusProps {
  answer: Answer
  isPinned: boolean
  onCancel: () => void
}

function AnswerStatusLine({ answer, isPinned, onCancel }: AnswerStatusProps) {
  const { t } = useTranslation('playground')
  const { status, text } = answer
  if (status === 'parked')
    return <ParkedNotice untilMs={answer.parkedUntilMs} isPinned={isPinned} onCancel={onCancel} />
  if (status === 'waiting') return <p className={classes['status']}>{t('status.waiting')}</p>
  if (status === 'stopped') {
    return <p className={classes['status']}>{text === '' ? t('status.stoppedEarly') : t('status.stopped')}</p>
  }
  if (status === 'done' && text === '' && answer.toolCalls.length === 0)
    return <p className={classes['status']}>{t('status.empty')}</p>
  return null
}

interface ParkedNoticeProps {
  untilMs: number | null
  isPinned: boolean
  onCancel: () => void
}

function ParkedNotice({ untilMs, isPinned, onCancel }: ParkedNoticeProps) {
  const { t, i18n } = useTranslation('playground')
  const nowMs = useNow()
  const wait = formatSpan(Math.max(0, (untilMs ?? nowMs) - nowMs), i18n.language)
  return (
    <Notice tone="warn" title={isPinned ? t('status.parkedPinned', { wait }) : t('status.parked', { wait })}>
      <Button size="xs" variant="default" onClick={onCancel}>
        {t('status.cancel')}
      </Button>
    </Notice>
  )
}
