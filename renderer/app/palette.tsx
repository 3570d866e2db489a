import '@mantine/spotlight/styles.css'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { actionCommands, leading, modelCommands, viewCommands, type Command } from './commands.ts'
import { focusContent } from './content-focus.ts'
import { useGateway } from './gateway-store.ts'
import { useModels } from './models-store.ts'
import { clientCommands, keyCommands, modelActions, placeCommands } from './place-commands.ts'
import { usePalette } from './palette-store.ts'
import { rehearsalCommands } from './rehearsal-commands.ts'
import { useRehearsal } from './rehearsal-store.ts'
import { useSettings } from './settings-store.ts'
import { useVault } from './vault-store.ts'
import { focusBefore, giveFocusBack } from '../ui/dialog.tsx'

const asActions = (commands: Command[]) => commands.map(({ id, label, run }) => ({ id, label, onClick: run }))

const asPlaces = (commands: Command[]) =>
  asActions(commands.map((command) => ({ ...command, run: leading(command.run) })))

/** From so many letters on the keys are searched too: there may be ten thousand. */
const leastLetters = 2
/** More are found by another letter. */
const shownCommands = 60

/** Ctrl/⌘ K: every view and part of it, every model, key and client, and every action, by name. */
export function Palette() {
  const { t } = useTranslation('shell')
  const asked = usePalette((store) => store.asked)
  const before = useRef(focusBefore())
  useEffect(() => {
    if (asked === 0) return
    before.current = focusBefore()
    spotlight.open()
  }, [asked])
  // Its field is still there when it says that it has gone.
  const goOn = () => void requestAnimationFrame(() => giveFocusBack(before.current) || focusContent())
  const models = useModels((store) => store.models)
  const selectedId = useModels((store) => store.selectedId)
  const rehearsal = useRehearsal((store) => store.status)
  const vault = useVault((store) => store.status)
  const gateway = useGateway((store) => store.status)
  const clients = useGateway((store) => store.clients)
  const [query, setQuery] = useState('')
  const searched = (commands: Command[]) => (query.trim().length < leastLetters ? [] : commands)
  const { simulator, presentation: presenting } = useSettings((store) => store.settings)
  return (
    <Spotlight
      shortcut={null}
      // What was chosen may have opened a dialogue, which keeps the focus, or another view.
      returnFocus={false}
      onExitTransitionEnd={goOn}
      scrollable
      maxHeight={420}
      limit={shownCommands}
      onQueryChange={setQuery}
      highlightQuery
      nothingFound={t('palette.nothing')}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      searchProps={{
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
        leftSection: <IconSearch size={18} aria-hidden="true" />,
      }}
      actions={[
        { group: t('palette.views'), actions: asPlaces([...viewCommands(t), ...searched(placeCommands())]) },
        { group: t('palette.models'), actions: asPlaces(modelCommands(models)) },
        { group: t('palette.keys'), actions: asPlaces(searched(keyCommands(models))) },
        { group: t('palette.clients'), actions: asPlaces(clientCommands(clients)) },
        {
          group: t('palette.actions'),
          actions: asActions([
            ...actionCommands(t, { vault, simulator, gateway, presenting }),
            ...rehearsalCommands({ models, selectedId, status: rehearsal }),
            ...searched(modelActions(models)),
          ]),
        },
      ]}
    />
  )
}
