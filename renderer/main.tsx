import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { connect } from './app/client.ts'
import { guardRoutes } from './app/router.ts'
import { shownLanguage, useSettings } from './app/settings-store.ts'
import { shareStyleNonce } from './app/style-nonce.ts'
import { installTrustedTypesPolicy } from './app/trusted-types.ts'
import { startI18n } from './i18n/i18n.ts'

installTrustedTypesPolicy(window)
shareStyleNonce(window)
guardRoutes()
void connect()
await startI18n(shownLanguage(useSettings.getState().settings.language, navigator.languages))

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
