import { MantineProvider } from '@mantine/core'
import { useColorScheme } from '@mantine/hooks'
import { Notifications } from '@mantine/notifications'
import { useSettings } from './settings-store.ts'
import { Shell } from './shell.tsx'
import { cssVariables, theme } from './theme.ts'
import { styleNonce } from './style-nonce.ts'

export function App() {
  const chosen = useSettings((store) => store.settings.theme)
  const system = useColorScheme('light', { getInitialValueInEffect: false })
  const scheme = chosen === 'system' ? system : chosen
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
      defaultColorScheme={scheme}
      forceColorScheme={scheme}
    >
      <Notifications position="bottom-right" limit={4} autoClose={6_000} />
      <Shell />
    </MantineProvider>
  )
}
