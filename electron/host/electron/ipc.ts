import { RPCHandler } from '@orpc/server/message-port'
import type { AnyRouter } from '@orpc/server'
import type { IpcMain, IpcMainEvent, MessageChannelMain, MessagePortMain, WebFrameMain } from 'electron'
import { maxImportBytes } from '../../../shared/transfer.ts'
import { askForPort, handOverPort } from './channels.ts'
import { appOrigin } from './navigation.ts'

/** A sender is checked once, here: only the main frame of our window showing our own page is handed a port. */
export function isTrustedSender(
  sender: Pick<WebFrameMain, 'origin'> | null,
  mainFrame: Pick<WebFrameMain, 'origin'>,
): sender is WebFrameMain {
  return sender !== null && sender === mainFrame && sender.origin === appOrigin
}

/** The largest call is an import, its bytes in base64, with some room for the envelope. */
const maxMessageLength = Math.ceil(maxImportBytes / 3) * 4 + 64 * 1024

interface Port {
  postMessage(message: unknown): void
  close(): void
  on(event: 'message' | 'close', listener: (event?: { data: unknown }) => void): unknown
}

/** Hands over only messages of the contract's own form, text up to the limit; anything else ends the connection. */
export function limitMessages(port: Port, maxLength = maxMessageLength) {
  return {
    postMessage: (message: unknown) => port.postMessage(message),
    on(event: string, listener: (event?: { data: unknown }) => void) {
      if (event === 'close') return port.on('close', () => listener())
      return port.on('message', (message) => {
        if (typeof message?.data === 'string' && message.data.length <= maxLength) listener(message)
        else port.close()
      })
    },
  }
}

export interface Ipc {
  ipcMain: Pick<IpcMain, 'on'>
  createChannel: () => MessageChannelMain
  /** The window's main frame, asked for anew each time, because a navigation may replace it. */
  mainFrame: () => WebFrameMain | null
  router: AnyRouter
}

/** Serves the contract over one port per page load; a new page's port replaces the old page's. */
export function servePage({ ipcMain, createChannel, mainFrame, router }: Ipc): void {
  const handler = new RPCHandler(router)
  let current: MessagePortMain | undefined
  ipcMain.on(askForPort, (event: IpcMainEvent) => {
    const frame = mainFrame()
    if (frame === null || !isTrustedSender(event.senderFrame, frame)) return
    current?.close()
    const { port1, port2 } = createChannel()
    current = port1
    handler.upgrade(limitMessages(port1))
    port1.start()
    event.senderFrame.postMessage(handOverPort, null, [port2])
  })
}
