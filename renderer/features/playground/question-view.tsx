import { Button, Textarea } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { memo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatContent } from '../../../shared/chat.ts'
import { focused } from '../../ui/focused.ts'
import { isComposing } from '../../ui/is-composing.ts'
import { BranchSwitch, hasSameBranches } from './branch-switch.tsx'
import { textOf } from './draft.ts'
import { isRunning, type ChatPane, type Question } from './pane.ts'
import classes from './playground.module.css'
import { QuestionContent } from './question-content.tsx'
import { playground, usePlayground } from './use-playground.ts'

/** The same images with other words. */
const withText = (content: ChatContent, text: string): ChatContent =>
  typeof content === 'string'
    ? text
    : [
        ...(text.trim() === '' ? [] : [{ type: 'text' as const, text }]),
        ...content.filter(({ type }) => type === 'image'),
      ]

interface QuestionViewProps {
  pane: ChatPane
  question: Question
}

/** What was asked; editing it asks again beside it. It is not drawn again for the answer that streams under it. */
export const QuestionView = memo(
  function QuestionView({ pane, question }: QuestionViewProps) {
    const { t } = useTranslation('playground')
    const [edited, setEdited] = useState<string | null>(null)
    if (edited !== null) {
      return <EditForm question={question} text={edited} onChange={setEdited} onClose={() => setEdited(null)} />
    }
    return (
      <div className={classes['asked']}>
        <div className={classes['question']}>
          <QuestionContent content={question.content} />
        </div>
        <div className={classes['turnActions']}>
          <BranchSwitch pane={pane} message={question} label={t('branch.questions')} />
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPencil size={13} />}
            onClick={() => setEdited(textOf(question.content))}
          >
            {t('edit.open')}
          </Button>
        </div>
      </div>
    )
  },
  (before, after) => before.question === after.question && hasSameBranches(before.pane, after.pane),
)

interface EditFormProps {
  question: Question
  text: string
  onChange: (text: string) => void
  onClose: () => void
}

function EditForm({ question, text, onChange, onClose }: EditFormProps) {
  const { t } = useTranslation('playground')
  const waits = usePlayground(({ panes }) => panes.some(isRunning))
  const canSend = text.trim() !== '' && !waits
  const send = () => {
    if (!canSend) return
    if (playground.getState().edit(question.id, withText(question.content, text))) onClose()
  }
  const press = (event: KeyboardEvent) => {
    if (isComposing(event)) return
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    }
  }
  return (
    <div className={classes['editForm']}>
      <Textarea
        aria-label={t('edit.label')}
        description={t('edit.hint')}
        autosize
        minRows={2}
        maxRows={12}
        ref={focused}
        value={text}
        onChange={(event) => {
          onChange(event.currentTarget.value)
          playground.getState().forgive()
        }}
        onKeyDown={press}
      />
      <div className={classes['turnActions']}>
        <Button size="compact-sm" disabled={!canSend} onClick={send}>
          {t('edit.send')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('edit.cancel')}
        </Button>
      </div>
    </div>
  )
}
