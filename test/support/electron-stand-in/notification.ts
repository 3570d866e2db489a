import { EventEmitter } from 'node:events'
import { report } from './report.ts'

/** Electron's documentation, Notification: nothing is shown, what would be is reported; nobody clicks it. */
export class Notification extends EventEmitter {
  static isSupported(): boolean {
    return true
  }

  readonly #options: { title?: string; body?: string }

  constructor(options: { title?: string; body?: string } = {}) {
    super()
    this.#options = options
  }

  show(): void {
    const { title = '', body = '' } = this.#options
    report({ event: 'notification', title, body })
  }

  close(): void {
    this.emit('close')
  }
}
