import { Button } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconMessages } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { canReadConversations } from '../../app/conversations-store.ts'
import { useModels } from '../../app/models-store.ts'
import { navigate } from '../../app/router.ts'
import { startSimulator } from '../../app/simulator.ts'
import { attempt } from '../../app/toast.tsx'
import { useVault } from '../../app/vault-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ChatBar } from './chat-bar.tsx'
import { ChatNotices } from './chat-notices.tsx'
import { ChatComposer } from './chat-composer.tsx'
import { comeBack } from './conversation-actions.ts'
import { ConversationList } from './conversation-list.tsx'
import { PaneView } from './pane-view.tsx'
import { ParametersPanel } from './parameters-panel.tsx'
import classes from './playground.module.css'
import { useAimedPanes } from './use-aimed-panes.ts'
import { usePlayground } from './use-playground.ts'

type Side = 'list' | 'parameters'

/** Where both columns at the side leave the chat too little, one of them closes the other. */
const isRoomy = '(min-width: 1200px)'

export function ChatTab() {
  const loaded = useModels((store) => store.loaded)
  const models = useModels((store) => store.models)
  const [sides, toggle] = useSides()
  const canRead = useVault(({ status }) => canReadConversations(status))
  useEffect(() => {
    if (canRead) comeBack()
  }, [canRead])
  if (!loaded) return null
  if (models.length === 0) return <NoModels />
  return (
    <div className={classes['playground']}>
      <ChatBar sides={sides} onToggle={toggle} />
      <div className={classes['columns']}>
        {sides.has('list') && <ConversationList />}
        <div className={classes['chat']}>
          <Panes />
          <ChatNotices />
          <ChatComposer />
        </div>
        {sides.has('parameters') && (
          <aside className={classes['side']}>
            <ParametersPanel />
          </aside>
        )}
      </div>
    </div>
  )
}

/** What streams changes these, and nothing around them. */
function Panes() {
  const panes = usePlayground((state) => state.panes)
  useAimedPanes()
  return (
    <div className={classes['panes']} data-count={panes.length}>
      {panes.map((pane, index) => (
        <PaneView key={pane.id} pane={pane} number={index + 1} isAlone={panes.length === 1} />
      ))}
    </div>
  )
}

/** The one that was opened last comes last. */
function useSides(): [ReadonlySet<Side>, (side: Side) => void] {
  const hasRoom = useMediaQuery(isRoomy, false, { getInitialValueInEffect: false })
  const [opened, setOpened] = useState<readonly Side[]>(hasRoom ? ['list'] : [])
  const shown = new Set(hasRoom ? opened : opened.slice(-1))
  const toggle = (side: Side) => {
    const others = opened.filter((other) => other !== side && (hasRoom || !shown.has(other)))
    setOpened(shown.has(side) ? others : [...others, side])
  }
  return [shown, toggle]
}

function NoModels() {
  const { t } = useTranslation('playground')
  return (
    <EmptyState icon={<IconMessages size={26} />} title={t('empty.title')} text={t('empty.noModels')}>
      <Button onClick={() => attempt(startSimulator)}>{t('empty.simulator')}</Button>
      <Button variant="default" onClick={() => navigate('models', 'new')}>
        {t('empty.addModel')}
      </Button>
    </EmptyState>
  )
}
