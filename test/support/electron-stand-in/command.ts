import { createInterface } from 'node:readline'

/** What a test does outside of the page, one line of JSON each on standard input: `{ "to": "tray", "what": "Quit" }`. */
export interface Command {
  to: 'tray' | 'menu' | 'shortcut' | 'page' | 'window'
  what: string
}

type Listener = (what: string) => void
const listeners = new Map<Command['to'], Listener>()

/** The last to listen is the one who hears. */
export function onCommand(to: Command['to'], listener: Listener): void {
  listeners.set(to, listener)
}

export function readCommands(): void {
  createInterface(process.stdin).on('line', (line) => {
    const { to, what } = JSON.parse(line) as Command
    listeners.get(to)?.(what)
  })
  process.stdin.unref()
}
