import '@mantine/spotlight/styles.css'
import { Spotlight, spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { actionCommands, modelCommands, viewCommands, type Command } from './commands.ts'
import { useGateway } from './gateway-store.ts'
import { useModels } from './models-store.ts'
import { usePalette } from './palette-store.ts'
import { useSettings } from './settings-store.ts'
import { useVault } from './vault-store.ts'

const asActions = (commands: Command[]) => commands.map(({ id, label, run }) => ({ id, label, onClick: run }))

/** Ctrl/⌘ K: every view, every model and every action by name. */
export function Palette() {
  const { t } = useTranslation('shell')
  const asked = usePalette((store) => store.asked)
  useEffect(() => {
    if (asked > 0) spotlight.open()
  }, [asked])
  const models = useModels((store) => store.models)
  const vault = useVault((store) => store.status)
  const gateway = useGateway((store) => store.status)
  const { simulator, presentation: presenting } = useSettings((store) => store.settings)
  return (
    <Spotlight
      shortcut={null}
      scrollable
      maxHeight={420}
      highlightQuery
      nothingFound={t('palette.nothing')}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      searchProps={{
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
        leftSection: <IconSearch size={18} aria-hidden="true" />,
      }}
      actions={[
        { group: t('palette.views'), actions: asActions(viewCommands(t)) },
        { group: t('palette.models'), actions: asActions(modelCommands(models)) },
        {
          group: t('palette.actions'),
          actions: asActions(actionCommands(t, { vault, simulator, gateway, presenting })),
        },
      ]}
    />
  )
}
