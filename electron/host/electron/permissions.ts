import type { Session } from 'electron'
import { isOwnPage } from './navigation.ts'

/** The page is granted nothing: no permission, no device, no screen, and no download but of a file it made itself. */
type Granting = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
> & {
  on(event: 'will-download', listener: (event: { preventDefault(): void }, item: { getURL(): string }) => void): unknown
}

const blob = 'blob:'

/** What the page made in its own memory: an export, the recovery kit. Electron asks the person where to put it. */
const isOwnFile = (address: string) => address.startsWith(blob) && isOwnPage(address.slice(blob.length))

export function grantNothing(session: Granting): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.on('will-download', (event, item) => {
    if (!isOwnFile(item.getURL())) event.preventDefault()
  })
}
