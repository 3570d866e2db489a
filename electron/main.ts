import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import {
  app,
  clipboard,
  ClipboardItem,
  dialog,
  ipcMain,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  shell,
} from 'electron'
import { createApp } from './app.ts'
import { holdDataFolder } from './host/data-folder-lock.ts'
import { findFolders, preparePrivateFolder } from './host/data-folder.ts'
import { appSchemePrivileges } from './host/electron/app-protocol.ts'
import { createConcealedClipboard } from './host/electron/concealed-clipboard.ts'
import { createElectronHost } from './host/electron/electron-host.ts'
import { openWindow } from './host/electron/open-window.ts'
import { waitBeforeQuit } from './host/electron/quitting.ts'
import { refusedSwitch } from './host/electron/refused-switches.ts'
import {
  describeFault,
  describeStartFailure,
  FolderHeldError,
  SwitchRefusedError,
} from './host/electron/start-failure.ts'
import { createSystemDesktop } from './host/electron/system-desktop.ts'
import { systemClock } from './rotation/system-clock.ts'
import { readPace } from './simulator/pace-setting.ts'

// The name decides where the system keeps our data and our keychain entry: set first, and never changed.
app.setName('Keywheel')
app.enableSandbox()
protocol.registerSchemesAsPrivileged([appSchemePrivileges])
// Under Wayland the keys for panic come from the desktop's portal; elsewhere this changes nothing.
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal')

const built = join(import.meta.dirname, '..')
const homeFolder = homedir()
const folders = findFolders({ platform: process.platform, env: process.env, homeFolder })
// Chromium's own files stay out of the vault's way; one Electron for each data folder follows from this too.
const chromiumFolder = join(folders.data, 'chromium')
mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 })
app.setPath('userData', chromiumFolder)

const language = () => app.getPreferredSystemLanguages()[0] ?? ''

/** Who started us from a terminal, and the launcher, read it there; everyone else sees it. */
function say(sentence: string) {
  process.stderr.write(`${sentence}\n`)
  if (app.isReady()) dialog.showErrorBox('Keywheel', sentence)
}

async function start() {
  const refused = refusedSwitch(app.commandLine, app.isPackaged)
  if (refused !== null) throw new SwitchRefusedError(refused)
  await preparePrivateFolder(folders.data)
  await app.whenReady()
  const quitting = waitBeforeQuit(app, systemClock)
  const lock = await holdDataFolder(folders.data, () => app.quit())
  if (!lock.ok) throw new FolderHeldError(lock.holder.pid)
  quitting.closeLater(lock.release)

  const desktop = createSystemDesktop(process, homeFolder)
  const whenPageGone: (() => void)[] = []
  const host = createElectronHost(folders, {
    app,
    ipcMain,
    safeStorage,
    clipboard: createConcealedClipboard(clipboard, ClipboardItem, process.platform),
    powerMonitor,
    dialog,
    shell,
    notification: Notification,
    // The window is woken the way a second start wakes it.
    comeToFront: () => void app.emit('second-instance'),
    homeFolder,
    desktop,
    onPageGone: (listener) => void whenPageGone.push(listener),
  })
  const application = await createApp(host, { simulatorPace: readPace(process.env) })
  quitting.closeLater(() => application.close())
  // Nobody can tell what a fault has left undone: everything is put away, and the application ends.
  const endBy = (error: unknown) => {
    application.reportBug(error)
    quitting.endWith(() => {
      say(describeFault(error, language()))
      app.exit(1)
    })
  }
  process.on('uncaughtException', endBy)
  process.on('unhandledRejection', (error) => application.reportBug(error))
  await openWindow({
    built,
    host,
    router: application.router,
    desktop,
    onPageGone: () => whenPageGone.forEach((tell) => tell()),
    isEnding: () => quitting.isEnding(),
    giveUp: () => endBy(Object.assign(new Error('PAGE_GONE'), { code: 'PAGE_GONE' })),
  })
}

app.on('window-all-closed', () => app.quit())

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    say(describeStartFailure(error, language()))
    app.exit(1)
  })
} else {
  app.quit()
}
