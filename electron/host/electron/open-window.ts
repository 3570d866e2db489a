import { app, dialog, ipcMain, Menu, MessageChannelMain, nativeTheme, screen, session, shell } from 'electron'
import { join } from 'node:path'
import type { App } from '../../app.ts'
import { systemClock } from '../../rotation/system-clock.ts'
import type { Host } from '../host.ts'
import { readPageFiles } from '../page-files.ts'
import { createAppResponder } from './app-protocol.ts'
import { closeToTray } from './close-to-tray.ts'
import { contextMenu } from './context-menu.ts'
import type { ElectronDesktop } from './electron-desktop.ts'
import { offerExternal } from './external.ts'
import { servePage } from './ipc.ts'
import { backgroundSwitch } from './login-item.ts'
import { appAddress, appScheme, confineNavigation } from './navigation.ts'
import { wallOffNetwork } from './network-wall.ts'
import { bringBackPage } from './page-gone.ts'
import { grantNothing } from './permissions.ts'
import { letUnsavedPageGo } from './unsaved-page.ts'
import { keepPlace, keptPlace, windowPlace } from './window-state.ts'
import { bringToFront, createWindow } from './window.ts'

/** The one window, with its session and its page, and everything that holds it there. */
export interface WindowParts {
  /** The folder of the bundles. */
  built: string
  host: Pick<Host, 'locale' | 'settings'>
  router: App['router']
  desktop: ElectronDesktop
  onPageGone: () => void
  giveUp: () => void
  /** Whether the application is about to quit. */
  isEnding: () => boolean
}

const canvas = { light: '#fbfbfc', dark: '#0f1115' }

/** Not persistent: what a page stores is gone with the process, and nothing of it is cached on the disk. */
async function createPageSession(built: string) {
  const pageSession = session.fromPartition('keywheel', { cache: false })
  grantNothing(pageSession)
  wallOffNetwork(pageSession)
  pageSession.protocol.handle(appScheme, createAppResponder(await readPageFiles(join(built, 'renderer'))))
  return pageSession
}

export async function openWindow(parts: WindowParts): Promise<void> {
  const { built, host, router, desktop, onPageGone, giveUp, isEnding } = parts
  const { locale, settings } = host
  const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea)
  const window = createWindow(
    {
      preload: join(built, 'preload', 'preload.cjs'),
      session: await createPageSession(built),
      packaged: app.isPackaged,
      place: windowPlace(keptPlace(settings), workAreas),
      backgroundColor: nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light,
    },
    desktop.livesInTray() && app.commandLine.hasSwitch(backgroundSwitch),
  )
  const { webContents } = window
  keepPlace(window, settings, systemClock)
  closeToTray(window, app, () => desktop.livesInTray())
  desktop.holds(window)
  confineNavigation(webContents, (url) => void offerExternal(url, { dialog, shell, locale }))
  bringBackPage(webContents, { clock: systemClock, onGone: onPageGone, giveUp })
  letUnsavedPageGo(webContents, {
    isEnding,
    ask: (question) => dialog.showMessageBoxSync(window, question),
    texts: () => desktop.texts(),
  })
  webContents.on('context-menu', (_event, params) => {
    const items = contextMenu(params, desktop.texts())
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
  servePage({
    ipcMain,
    createChannel: () => new MessageChannelMain(),
    mainFrame: () => (window.isDestroyed() ? null : webContents.mainFrame),
    router,
  })
  for (const event of ['second-instance', 'activate'] as const) app.on(event as 'activate', () => bringToFront(window))
  await window.loadURL(appAddress)
}
