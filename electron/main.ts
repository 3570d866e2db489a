import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import {
  app,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
} from 'electron'
import { createApp, type App } from './app.ts'
import type { Host } from './host/host.ts'
import { holdDataFolder } from './host/data-folder-lock.ts'
import { findFolders, preparePrivateFolder } from './host/data-folder.ts'
import { appSchemePrivileges, createAppResponder } from './host/electron/app-protocol.ts'
import { createElectronHost } from './host/electron/electron-host.ts'
import { offerExternal } from './host/electron/external.ts'
import { servePage } from './host/electron/ipc.ts'
import { applicationMenu } from './host/electron/menu.ts'
import { appAddress, appScheme, confineNavigation } from './host/electron/navigation.ts'
import { grantNothing } from './host/electron/permissions.ts'
import { waitBeforeQuit } from './host/electron/quitting.ts'
import { refusedSwitch } from './host/electron/refused-switches.ts'
import { describeStartFailure, FolderHeldError, SwitchRefusedError } from './host/electron/start-failure.ts'
import { keepPlace, keptPlace, windowPlace } from './host/electron/window-state.ts'
import { bringToFront, createWindow } from './host/electron/window.ts'
import { readPageFiles } from './host/page-files.ts'
import { systemClock } from './rotation/system-clock.ts'
import { readPace } from './simulator/pace-setting.ts'

// The name decides where the system keeps our data and our keychain entry: set first, and never changed.
app.setName('Keywheel')
app.enableSandbox()
protocol.registerSchemesAsPrivileged([appSchemePrivileges])

const built = join(import.meta.dirname, '..')
const homeFolder = homedir()
const folders = findFolders({ platform: process.platform, env: process.env, homeFolder })
// Chromium's own files stay out of the vault's way; one Electron for each data folder follows from this too.
const chromiumFolder = join(folders.data, 'chromium')
mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 })
app.setPath('userData', chromiumFolder)

async function start() {
  const refused = refusedSwitch(app.commandLine, app.isPackaged)
  if (refused !== null) throw new SwitchRefusedError(refused)
  await preparePrivateFolder(folders.data)
  await app.whenReady()
  const quitting = waitBeforeQuit(app, systemClock)
  const lock = await holdDataFolder(folders.data, () => app.quit())
  if (!lock.ok) throw new FolderHeldError(lock.holder.pid)
  quitting.closeLater(lock.release)

  const host = createElectronHost(folders, {
    app,
    ipcMain,
    safeStorage,
    clipboard,
    powerMonitor,
    dialog,
    shell,
    notification: Notification,
    // The window is woken the way a second start wakes it.
    comeToFront: () => void app.emit('second-instance'),
    homeFolder,
  })
  const application = await createApp(host, { simulatorPace: readPace(process.env) })
  quitting.closeLater(() => application.close())
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(process.platform)))
  await openWindow(host, application.router)
}

async function openWindow({ locale, settings }: Host, router: App['router']) {
  // Not persistent: what a page stores is gone with the process, and nothing of it is cached on the disk.
  const pageSession = session.fromPartition('keywheel', { cache: false })
  grantNothing(pageSession)
  pageSession.protocol.handle(appScheme, createAppResponder(await readPageFiles(join(built, 'renderer'))))

  const preload = join(built, 'preload', 'preload.cjs')
  const place = windowPlace(
    keptPlace(settings),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = createWindow({ preload, session: pageSession, packaged: app.isPackaged, place })
  keepPlace(window, settings, systemClock)
  confineNavigation(window.webContents, (url) => void offerExternal(url, { dialog, shell, locale }))
  servePage({
    ipcMain,
    createChannel: () => new MessageChannelMain(),
    mainFrame: () => (window.isDestroyed() ? null : window.webContents.mainFrame),
    router,
  })
  app.on('second-instance', () => bringToFront(window))
  await window.loadURL(appAddress)
}

app.on('window-all-closed', () => app.quit())

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    const sentence = describeStartFailure(error, app.getPreferredSystemLanguages()[0] ?? '')
    // Who started us from a terminal, and the launcher, read it there; everyone else sees it.
    process.stderr.write(`${sentence}\n`)
    if (app.isReady()) dialog.showErrorBox('Keywheel', sentence)
    app.exit(1)
  })
} else {
  app.quit()
}
