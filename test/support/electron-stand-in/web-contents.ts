import { EventEmitter } from 'node:events'
import type { HandlerDetails } from 'electron'
import { onCommand } from './command.ts'
import type { Protocol, Session } from './devtools.ts'
import { WebFrameMain } from './frame.ts'
import { ipcMain } from './ipc-main.ts'
import type { PreloadScripts } from './preload.ts'
import { reportPageErrors } from './page-errors.ts'
import { applyPermissions } from './permissions.ts'
import { answerRequest } from './requests.ts'
import { schemeMap } from './runtime.ts'
import type { StandInSession } from './session.ts'
import { notImitated } from './strict.ts'

const world = 'electron-preload'

type WindowOpenHandler = (details: Pick<HandlerDetails, 'url' | 'frameName'>) => { action: string }

/** Electron's documentation, webContents: the page of one window, attached to through DevTools. */
export class WebContents extends EventEmitter {
  readonly session: StandInSession
  readonly mainFrame: WebFrameMain
  readonly #scripts: PreloadScripts
  readonly #frames = new Map<string, WebFrameMain>()
  readonly #contexts = new Map<number, string>()
  readonly #attached = Promise.withResolvers<Session>()
  #mainFrameId = ''
  #openHandler: WindowOpenHandler | undefined
  #ownNavigation: string | undefined
  #loaded = Promise.withResolvers<void>()

  constructor(session: StandInSession, scripts: PreloadScripts) {
    super()
    this.#scripts = scripts
    this.session = session
    this.mainFrame = this.#createFrame()
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#openHandler = handler
  }

  /** Before any document loads: the preload in its world, every request that we answer, and what goes wrong in the page. */
  async attach(devTools: Session, targetId: string): Promise<void> {
    const { send, on } = devTools
    this.#mainFrameId = targetId
    this.#frames.set(targetId, this.mainFrame)
    on('Page.frameNavigated', ({ frame }) =>
      this.#frame(frame.id).moved(frame.url + (frame.urlFragment ?? ''), frame.securityOrigin),
    )
    on('Page.windowOpen', ({ url, windowName }) => this.#opensWindow(url, windowName))
    on('Page.domContentEventFired', () => this.emit('dom-ready'))
    on('Page.loadEventFired', () => {
      this.#loaded.resolve()
      this.emit('did-finish-load')
    })
    on('Runtime.executionContextCreated', ({ context }) => this.#contextCreated(context))
    on('Runtime.executionContextDestroyed', ({ executionContextId }) => this.#contexts.delete(executionContextId))
    on('Runtime.bindingCalled', (call) => this.#hear(call))
    on('Fetch.requestPaused', (request) => void this.#pause(devTools, request))
    on('Inspector.targetCrashed', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }))
    onCommand('page', () => void devTools.send('Page.crash').catch(() => undefined))
    reportPageErrors(devTools)
    await Promise.all([
      send('Page.enable'),
      send('Inspector.enable'),
      send('Runtime.enable'),
      send('Log.enable'),
      send('Runtime.addBinding', { name: this.#scripts.binding, executionContextName: world }),
      send('Page.addScriptToEvaluateOnNewDocument', { source: this.#scripts.mainWorld }),
      send('Page.addScriptToEvaluateOnNewDocument', { source: this.#scripts.isolatedWorld, worldName: world }),
      send('Fetch.enable', {
        patterns: [{ urlPattern: '*' }],
      }),
    ])
    this.#attached.resolve(devTools)
  }

  reload(): void {
    void this.#attached.promise.then((devTools) => devTools.send('Page.reload'))
  }

  /** Closes the page, as its window does. */
  async close(): Promise<void> {
    const devTools = await this.#attached.promise
    await devTools.send('Page.close')
  }

  async loadURL(address: string): Promise<void> {
    const devTools = await this.#attached.promise
    this.#loaded = Promise.withResolvers()
    this.#ownNavigation = schemeMap.toBrowser(address)
    await applyPermissions(this.session, address)
    const { errorText } = await devTools.send('Page.navigate', { url: this.#ownNavigation })
    if (errorText) throw new Error(`${errorText} loading '${address}'`)
    await this.#loaded.promise
  }

  #frame(id: string): WebFrameMain {
    const frame = this.#frames.get(id) ?? this.#createFrame()
    this.#frames.set(id, frame)
    return frame
  }

  #createFrame(): WebFrameMain {
    return new WebFrameMain((context, message) => void this.#deliver(context, message))
  }

  async #deliver(executionContextId: number, message: object): Promise<void> {
    const devTools = await this.#attached.promise
    const deliver = JSON.stringify(this.#scripts.deliver)
    const functionDeclaration = `(message) => globalThis[${deliver}](message)`
    await devTools
      .send('Runtime.callFunctionOn', { functionDeclaration, executionContextId, arguments: [{ value: message }] })
      // The document may be gone by now, and its port with it; Electron drops such messages too.
      .catch(() => undefined)
  }

  #contextCreated(context: Protocol.Runtime.ExecutionContextDescription): void {
    if (context.name !== world) return
    const { frameId } = context.auxData as { frameId: string }
    this.#contexts.set(context.id, frameId)
    this.#frame(frameId).preloadStarted(context.id)
  }

  #hear({ executionContextId, payload }: Protocol.Runtime.bindingCalledPayload): void {
    const frameId = this.#contexts.get(executionContextId)
    if (frameId === undefined) return
    const frame = this.#frame(frameId)
    const message = JSON.parse(payload) as FromPreload
    switch (message.kind) {
      case 'send':
        return ipcMain.deliver(this, frame, message.channel, message.args)
      case 'port':
        return frame.portMessage(message.id, message.data)
      case 'port-closed':
        return frame.portClosed(message.id)
      case 'preload-error':
        process.stderr.write(`Unable to load preload script: ${message.message}\n`)
        this.emit('preload-error', {}, '', new Error(message.message))
    }
  }

  async #pause(devTools: Session, request: Protocol.Fetch.requestPausedPayload): Promise<void> {
    const isNavigation = request.resourceType === 'Document'
    const address = schemeMap.fromBrowser(request.request.url)
    if (!this.session.lets(address) || (isNavigation && !this.#mayNavigate(request))) {
      await devTools.send('Fetch.failRequest', { requestId: request.requestId, errorReason: 'Aborted' })
    } else {
      await answerRequest(devTools, this.session.handlers, request)
    }
  }

  #mayNavigate({ request, frameId, redirectedRequestId }: Protocol.Fetch.requestPausedPayload): boolean {
    const isMainFrame = frameId === this.#mainFrameId
    if (isMainFrame && request.url === this.#ownNavigation) {
      this.#ownNavigation = undefined
      return true
    }
    let prevented = false
    const details = {
      url: schemeMap.fromBrowser(request.url),
      isMainFrame,
      isSameDocument: false,
      preventDefault: () => void (prevented = true),
    }
    if (redirectedRequestId !== undefined) this.emit('will-redirect', details)
    else {
      this.emit('will-frame-navigate', details)
      if (isMainFrame && !prevented) this.emit('will-navigate', details)
    }
    return !prevented
  }

  /** The popup itself is closed by whoever sees targets come up; here the application only gets to say no. */
  #opensWindow(url: string, frameName: string): void {
    const { action } = this.#openHandler?.({ url: schemeMap.fromBrowser(url), frameName }) ?? { action: 'allow' }
    if (action !== 'deny') throw notImitated('a window that the page opens')
    this.emit('popup-denied')
  }
}

type FromPreload =
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'port'; id: number; data: unknown }
  | { kind: 'port-closed'; id: number }
  | { kind: 'preload-error'; message: string }
