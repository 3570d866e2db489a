import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import { app } from './app.ts'
import { onCommand } from './command.ts'
import type { DevTools } from './devtools.ts'
import { preparePreload } from './preload.ts'
import { report } from './report.ts'
import { requireChromium } from './runtime.ts'
import type { StandInSession } from './session.ts'
import { notImitated, strict } from './strict.ts'
import { WebContents } from './web-contents.ts'

/** Electron's documentation, BrowserWindow: a sandboxed, isolated window; nothing less strict is imitated. */
class StandInWindow extends EventEmitter {
  readonly webContents: WebContents
  static #isOpen = false
  #isDestroyed = false
  #isMaximized = false
  readonly #bounds: Rectangle

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    const { preload, session, sandbox, contextIsolation, nodeIntegration } = options.webPreferences ?? {}
    if (!sandbox || !contextIsolation || nodeIntegration) throw notImitated('a window without sandbox and isolation')
    if (StandInWindow.#isOpen) throw notImitated('a second window')
    if (preload === undefined || session === undefined) throw notImitated('a window without preload and session')
    this.webContents = strict(
      'webContents',
      new WebContents(session as unknown as StandInSession, preparePreload(preload)),
    )
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'))
    StandInWindow.#isOpen = true
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    onCommand('window', () => void this.#askToClose())
    void this.#open(options)
  }

  async #open({ width = 800, height = 600 }: BrowserWindowConstructorOptions): Promise<void> {
    const { devTools } = requireChromium('BrowserWindow')
    const { targetId } = await devTools.browser.send('Target.createTarget', { url: 'about:blank', width, height })
    const { sessionId } = await devTools.browser.send('Target.attachToTarget', { targetId, flatten: true })
    watchTargets(devTools, targetId, this.webContents, () => this.#closed())
    await this.webContents.attach(devTools.session(sessionId), targetId)
  }

  /** As the window's own button asks: the application may keep the window. */
  async #askToClose(): Promise<void> {
    let prevented = false
    this.emit('close', { preventDefault: () => void (prevented = true) })
    if (!prevented) await this.webContents.close()
  }

  #closed(): void {
    this.emit('close', { preventDefault() {} })
    this.#isDestroyed = true
    this.emit('closed')
    app.emit('window-all-closed')
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address)
  }

  /** What only moves pixels on a desktop has nothing to move here. */
  show(): void {
    report({ event: 'window', is: 'shown' })
  }
  hide(): void {
    report({ event: 'window', is: 'hidden' })
  }
  setContentProtection(_isOn: boolean): void {}
  focus(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false
  }
  maximize(): void {
    this.#isMaximized = true
  }
  isMaximized(): boolean {
    return this.#isMaximized
  }
  getNormalBounds(): Rectangle {
    return this.#bounds
  }
}

/** A popup lives in its opener's process: closed while it waits for a debugger, it would hold its opener for ever. */
async function closeTarget(devTools: DevTools, targetId: string): Promise<void> {
  try {
    const { browser } = devTools
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
    await devTools.session(sessionId).send('Runtime.runIfWaitingForDebugger')
    await browser.send('Target.closeTarget', { targetId })
  } catch {
    // It is gone already.
  }
}

/** Notices that the window was closed, and closes at once what a page opened and the application denied. */
function watchTargets(devTools: DevTools, own: string, contents: WebContents, closed: () => void): void {
  const { browser } = devTools
  let denied = 0
  const unknown: string[] = []
  const closeDenied = () => {
    while (denied > 0 && unknown.length > 0) {
      denied -= 1
      void closeTarget(devTools, unknown.shift()!)
    }
  }
  contents.on('popup-denied', () => {
    denied += 1
    closeDenied()
  })
  browser.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.type !== 'page' || targetInfo.targetId === own) return
    unknown.push(targetInfo.targetId)
    closeDenied()
  })
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    if (targetId === own) closed()
  })
  void browser.send('Target.setDiscoverTargets', { discover: true })
}

export class BrowserWindow extends StandInWindow {
  constructor(options: BrowserWindowConstructorOptions) {
    super(options)
    return strict('BrowserWindow', this)
  }
}
