import type { Event, WebContents } from 'electron'

/** The window shows this application's own page and never goes anywhere else; another address opens, if at all, outside. */
export const appScheme = 'app'
const appHost = 'bundle'
export const appOrigin = `${appScheme}://${appHost}`
export const appAddress = `${appOrigin}/`

/** Node gives custom schemes the origin "null", so scheme and host are compared themselves. */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address)
  return (
    url !== null &&
    url.protocol === `${appScheme}:` &&
    url.host === appHost &&
    url.username === '' &&
    url.password === ''
  )
}

/** An address that may be offered to the system's browser: https, and no user info that disguises the host. */
export function externalAddress(address: string): URL | null {
  const url = URL.parse(address)
  if (url === null || url.protocol !== 'https:' || url.hostname === '') return null
  return url.username === '' && url.password === '' ? url : null
}

type Navigating = Pick<WebContents, 'setWindowOpenHandler'> & {
  on(event: 'will-attach-webview', listener: (event: Event) => void): unknown
  on(
    event: 'will-navigate' | 'will-frame-navigate' | 'will-redirect',
    listener: (details: Event<{ url: string }>) => void,
  ): unknown
}

/** `offer` is told of an address that a person may want to see outside; it asks before it opens anything. */
export function confineNavigation(contents: Navigating, offer: (url: URL) => void): void {
  for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'] as const) {
    contents.on(event, (details) => {
      if (!isOwnPage(details.url)) details.preventDefault()
    })
  }
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    const external = externalAddress(url)
    if (external !== null) offer(external)
    return { action: 'deny' }
  })
}
