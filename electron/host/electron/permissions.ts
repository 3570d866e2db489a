import type { Session } from 'electron'

/** The page is granted nothing: no permission, no device, no screen, no download. */
type Granting = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
> & {
  on(event: 'will-download', listener: (event: { preventDefault(): void }) => void): unknown
}

export function grantNothing(session: Granting): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null))
  session.on('will-download', (event) => event.preventDefault())
}
