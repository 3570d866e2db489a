import { Button } from '@mantine/core'
import { IconAdjustments, IconColumns3, IconLayoutSidebar, IconMessagePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { maxPanes } from '../../../shared/conversation-limits.ts'
import classes from './playground.module.css'
import { hasChangedSettings } from './settings-state.ts'
import { usePlayground } from './use-playground.ts'

interface ChatBarProps {
  sides: ReadonlySet<'list' | 'parameters'>
  onToggle: (side: 'list' | 'parameters') => void
}

/** What concerns the whole conversation: which one it is, how many panes it has, what it is sent with. */
export function ChatBar({ sides, onToggle }: ChatBarProps) {
  const { t } = useTranslation('playground')
  const panes = usePlayground((state) => state.panes)
  const addPane = usePlayground((state) => state.addPane)
  const startOver = usePlayground((state) => state.startOver)
  const isChanged = usePlayground(hasChangedSettings)
  const [first] = panes
  const hasMessages = panes.some(({ messages }) => messages.length > 0)
  return (
    <div className={classes['bar']}>
      <Button
        variant={sides.has('list') ? 'light' : 'default'}
        aria-pressed={sides.has('list')}
        leftSection={<IconLayoutSidebar size={15} />}
        onClick={() => onToggle('list')}
      >
        {t('list.open')}
      </Button>
      <Button variant="default" disabled={!hasMessages} leftSection={<IconMessagePlus size={15} />} onClick={startOver}>
        {t('new')}
      </Button>
      <div className={classes['barEnd']}>
        <Button
          variant="default"
          disabled={panes.length >= maxPanes || !first}
          title={panes.length >= maxPanes ? t('compare.full', { most: maxPanes }) : t('compare.hint')}
          leftSection={<IconColumns3 size={15} />}
          onClick={() => first && addPane({ modelId: first.modelId, keyId: null })}
        >
          {t('compare.add')}
        </Button>
        <Button
          variant={sides.has('parameters') ? 'light' : 'default'}
          aria-pressed={sides.has('parameters')}
          leftSection={<IconAdjustments size={15} />}
          rightSection={isChanged ? <i className={classes['changedDot']} aria-hidden="true" /> : undefined}
          onClick={() => onToggle('parameters')}
        >
          {t('settings.open')}
        </Button>
      </div>
    </div>
  )
}
