import { Button } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { turnsOf, type ChatPane, type Turn } from './pane.ts'
import { PaneHead } from './pane-head.tsx'
import classes from './playground.module.css'
import { TurnView } from './turn-view.tsx'
import { usePlayground } from './use-playground.ts'

interface PaneViewProps {
  pane: ChatPane
  /** Counted from 1, as people name columns. */
  number: number
  isAlone: boolean
}

/** One column: what it aims at, and what was asked and answered on the branch that is shown. */
export function PaneView({ pane, number, isAlone }: PaneViewProps) {
  const { t } = useTranslation('playground')
  const turns = useMemo(() => turnsOf(pane), [pane])
  return (
    <section className={classes['pane']} aria-label={t('compare.pane', { number })}>
      <PaneHead pane={pane} isAlone={isAlone} />
      {turns.length === 0 ? <EmptyPane isAlone={isAlone} /> : <Turns pane={pane} turns={turns} />}
    </section>
  )
}

/** So near to the end counts as at the end: what arrives is followed. */
const followWithinPx = 80

function Turns({ pane, turns }: { pane: ChatPane; turns: readonly Turn[] }) {
  const { t } = useTranslation('playground')
  const scroller = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  const lastId = turns.at(-1)?.reply?.id
  const seenLast = useRef(lastId)
  // This component renders when the conversation changes and not otherwise, so that every rendering may have grown it.
  useLayoutEffect(() => {
    if (lastId !== seenLast.current) follows.current = true
    seenLast.current = lastId
    const element = scroller.current
    if (element && follows.current) element.scrollTop = element.scrollHeight
  })
  return (
    <div
      ref={scroller}
      className={classes['turns']}
      role="log"
      aria-label={t('conversation')}
      onScroll={({ currentTarget: element }) => {
        follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < followWithinPx
      }}
    >
      {turns.map(({ question, reply }) => (
        <TurnView key={question.id} tree={pane} question={question} reply={reply} />
      ))}
    </div>
  )
}

function EmptyPane({ isAlone }: { isAlone: boolean }) {
  const { t } = useTranslation('playground')
  const send = usePlayground((state) => state.send)
  return (
    <div className={classes['turns']}>
      {isAlone ? (
        <EmptyState icon={<IconMessages size={26} />} title={t('empty.title')} text={t('empty.text')}>
          <Button variant="default" onClick={() => send(t('empty.suggestion'))}>
            {t('empty.suggestion')}
          </Button>
        </EmptyState>
      ) : (
        <p className={classes['emptyPane']}>{t('compare.empty')}</p>
      )}
    </div>
  )
}
