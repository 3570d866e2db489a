/**
 * Chromium aborts schemes it does not know, and only Electron can teach it one. So app://HOST/… is shown to the browser as
 * https://HOST.SCHEME.keywheel-stand-in.invalid/… (no such name can ever resolve), and every address that comes back
 * (senders, navigations, requests, Origin and Referer) is turned into what Electron would have said.
 */
const suffix = 'keywheel-stand-in.invalid'

export interface SchemeMap {
  toBrowser(address: string): string
  fromBrowser(address: string): string
  /** For Fetch.enable: what the browser would otherwise try to resolve. */
  readonly requestPattern: string
}

export function mapSchemes(isRegistered: (scheme: string) => boolean): SchemeMap {
  return {
    requestPattern: `https://*.${suffix}/*`,
    toBrowser(address) {
      const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/is.exec(address)
      if (!match || !isRegistered(match[1]!.toLowerCase())) return address
      return `https://${match[2]!}.${match[1]!.toLowerCase()}.${suffix}${match[3]!}`
    },
    fromBrowser(address) {
      const match = /^https:\/\/([^/?#]+)(.*)$/s.exec(address)
      const labels = match?.[1]?.split('.') ?? []
      const scheme = labels.at(-3)
      if (labels.slice(-2).join('.') !== suffix || scheme === undefined || !isRegistered(scheme)) return address
      return `${scheme}://${labels.slice(0, -3).join('.')}${match![2]!}`
    },
  }
}
