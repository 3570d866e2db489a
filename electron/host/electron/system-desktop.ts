import { app, globalShortcut, Menu, nativeImage, nativeTheme, Tray } from 'electron'
import { createElectronDesktop, type ElectronDesktop } from './electron-desktop.ts'
import { createLoginItem } from './login-item.ts'
import { createPanicShortcut } from './panic-shortcut.ts'
import { createTrayView } from './tray.ts'
import { trayPictures } from './tray-pictures.ts'

/** The desktop around the window, made of Electron's own parts. */
export function createSystemDesktop({ platform, env, execPath }: NodeJS.Process, homeFolder: string): ElectronDesktop {
  return createElectronDesktop({
    platform,
    menu: Menu,
    nativeTheme,
    tray: createTrayView({
      createTray: (picture) => new Tray(picture),
      pictures: trayPictures(nativeImage, platform),
      buildMenu: (template) => Menu.buildFromTemplate(template),
      clickShowsWindow: platform !== 'darwin',
    }),
    panicShortcut: createPanicShortcut(globalShortcut, platform),
    loginItem: createLoginItem(app, { platform, env, execPath, homeFolder }),
    // The window is woken the way a second start wakes it.
    showWindow: () => void app.emit('second-instance'),
    quit: () => app.quit(),
  })
}
