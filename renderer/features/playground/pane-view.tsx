import { Button } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/empty-state.tsx'
import { isRunning, turnsOf, type ChatPane, type Turn } from './pane.ts'
import { PaneHead } from './pane-head.tsx'
import classes from './playground.module.css'
import { TurnView } from './turn-view.tsx'
import { useFollowEnd } from './use-follow-end.ts'
import { usePlayground } from './use-playground.ts'

interface PaneViewProps {
  pane: ChatPane
  /** Counted from 1, as people name columns. */
  number: number
  isAlone: boolean
}

/** One column: what it aims at, and what was asked and answered on the branch that is shown. */
export const PaneView = memo(function PaneView({ pane, number, isAlone }: PaneViewProps) {
  const { t } = useTranslation('playground')
  const turns = useMemo(() => turnsOf(pane), [pane])
  return (
    <section className={classes['pane']} aria-label={t('compare.pane', { number })}>
      <PaneHead id={pane.id} modelId={pane.modelId} keyId={pane.keyId} isRunning={isRunning(pane)} isAlone={isAlone} />
      {turns.length === 0 ? <EmptyPane isAlone={isAlone} /> : <Turns pane={pane} turns={turns} />}
    </section>
  )
})

function Turns({ pane, turns }: { pane: ChatPane; turns: readonly Turn[] }) {
  const { t } = useTranslation('playground')
  const { scroller, content, listeners } = useFollowEnd(turns.at(-1)?.reply?.id)
  return (
    <div ref={scroller} className={classes['turns']} role="log" aria-label={t('conversation')} {...listeners}>
      <div ref={content}>
        {turns.map(({ question, reply }) => (
          <TurnView key={question.id} tree={pane} question={question} reply={reply} />
        ))}
      </div>
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
