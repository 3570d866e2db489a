import { useTranslation } from 'react-i18next'
import { TabbedView } from '../../app/tabbed-view.tsx'
import { ChatTab } from './chat-tab.tsx'
import { KeyRaceTab } from './key-race/key-race-tab.tsx'
import classes from './playground-view.module.css'
import { RehearsalTab } from './rehearsal/rehearsal-tab.tsx'

/** Everything that can be tried. */
export function PlaygroundView() {
  const { t } = useTranslation('playground')
  return (
    <TabbedView
      view="playground"
      tabs={[
        { name: 'chat', Content: ChatTab },
        { name: 'rehearsal', Content: RehearsalTab },
        { name: 'keys', Content: KeyRaceTab },
      ]}
      label={t('tabs')}
      nameOf={(tab) => t(`tab.${tab}`)}
      classes={classes}
    />
  )
}
