import type { Dialog, MessageBoxOptions, Rectangle, Shell } from 'electron'
import { report } from './report.ts'
import { strict } from './strict.ts'

/** Electron's documentation, dialog: the question is reported, and answered as the test chose beforehand, else cancelled. */
export const dialog: Pick<Dialog, 'showMessageBox' | 'showErrorBox'> = strict('dialog', {
  async showMessageBox(options: unknown) {
    const { message, detail = '', cancelId = 0 } = options as MessageBoxOptions
    report({ event: 'message-box', message, detail })
    const answer = process.env['KEYWHEEL_STAND_IN_ANSWER']
    return { response: answer === undefined ? cancelId : Number(answer), checkboxChecked: false }
  },
  showErrorBox(title: string, content: string) {
    report({ event: 'error-box', title, content })
  },
})

/** Electron's documentation, shell: nothing is opened, what would be is reported. */
export const shell: Pick<Shell, 'openExternal' | 'openPath'> = strict('shell', {
  async openExternal(url: string) {
    report({ event: 'open-external', url })
  },
  // It answers with what went wrong; nothing did.
  async openPath(path: string) {
    report({ event: 'open-path', path })
    return ''
  },
})

/** Electron's documentation, screen: one display, all of it left to windows. */
export const screen = strict('screen', {
  getAllDisplays(): { workArea: Rectangle }[] {
    return [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]
  },
})
