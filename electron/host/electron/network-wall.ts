import type { Session } from 'electron'

/**
 * The window's session has no business on any network: its page comes from app://bundle, and what it asks of main goes
 * through its port. Beneath the page's policy, so that a page without one is held as well.
 */
type Filtering = { webRequest: Pick<Session['webRequest'], 'onBeforeRequest'> }

export const walledSchemes = ['http', 'https', 'ws', 'wss', 'ftp'] as const

export function wallOffNetwork({ webRequest }: Filtering): void {
  const urls = [...walledSchemes.map((scheme) => `${scheme}://*/*`), 'file:///*']
  webRequest.onBeforeRequest({ urls }, (_details, answer) => answer({ cancel: true }))
}
