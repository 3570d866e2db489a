import { contextBridge, ipcRenderer } from 'electron'
import { askForPort, handOverPort, pageIsListening } from './host/electron/channels.ts'

/**
 * Hands the page one typed bridge and one message port, nothing else: no channel name, no event object and no
 * ipcRenderer reaches it. Ports cannot cross the context bridge, so the port is posted to the page's own window; it is
 * asked for when the page says that it listens, so that no hand-over can come too early and a reload gets a fresh one.
 */
interface PageWindow {
  readonly location: { readonly origin: string }
  addEventListener(type: 'message', listen: (event: { source: unknown; data: unknown }) => void): void
  postMessage(message: string, targetOrigin: string, transfer?: readonly unknown[]): void
}
declare const window: PageWindow

contextBridge.exposeInMainWorld('keywheel', { host: 'electron' })

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === pageIsListening) ipcRenderer.send(askForPort)
})

ipcRenderer.on(handOverPort, (event) => window.postMessage(handOverPort, window.location.origin, event.ports))
