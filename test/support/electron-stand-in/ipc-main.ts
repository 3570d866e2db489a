import { EventEmitter } from 'node:events'
import type { WebFrameMain } from './frame.ts'
import { strict } from './strict.ts'
import type { WebContents } from './web-contents.ts'

/** Electron's documentation, ipcMain: messages of a preload, with the frame that sent them. */
class IpcMain extends EventEmitter {
  deliver(sender: WebContents, senderFrame: WebFrameMain, channel: string, args: readonly unknown[]): void {
    this.emit(channel, strict('IpcMainEvent', { sender, senderFrame, ports: [], type: 'frame' as const }), ...args)
  }
}

export const ipcMain = new IpcMain()
