import type { Protocol, Session } from './devtools.ts'
import { report } from './report.ts'

/** A test attaches when the page has already loaded; what went wrong before that is told on standard output. */
export function reportPageErrors(devTools: Session): void {
  devTools.on('Runtime.exceptionThrown', ({ exceptionDetails: { text, exception } }) =>
    report({ event: 'page-error', text: `${text} ${exception?.description ?? ''}`.trim() }),
  )
  devTools.on('Runtime.consoleAPICalled', ({ type, args }) => {
    if (type === 'error' || type === 'assert') report({ event: 'page-error', text: args.map(describe).join(' ') })
  })
  devTools.on('Log.entryAdded', ({ entry }) => {
    if (entry.level === 'error') report({ event: 'page-error', text: `${entry.source}: ${entry.text}` })
  })
}

const describe = (value: Protocol.Runtime.RemoteObject) => String(value.value ?? value.description ?? value.type)
