/**
 * The page's only Trusted Types policy: markup is never made from a string. Mantine writes its style elements through
 * innerHTML, and a style sheet holds no `<`, so text without one is let through and everything else throws. There is
 * no createScript: nothing here may turn a string into code. The page's own threads are started by their address, and
 * no other address is let through.
 */
interface PolicyFactory {
  createPolicy(
    name: 'default',
    rules: { createHTML(input: string): string; createScriptURL(input: string): string },
  ): unknown
}

interface Page {
  readonly trustedTypes?: PolicyFactory
  readonly location: { readonly href: string }
}

declare global {
  interface Window {
    /** Not yet in TypeScript's DOM library; absent in browsers without Trusted Types. */
    readonly trustedTypes?: PolicyFactory
  }
}

export function styleTextOnly(input: string): string {
  if (input.includes('<')) throw new TypeError('markup from a string is refused')
  return input
}

const ownThread = /^\/assets\/[a-z]+(?:-[a-z]+)*-worker-[\w-]+\.js$/

/** The build's own worker files, at the page's own origin. */
export function ownThreadOnly(origin: string) {
  return (input: string): string => {
    const url = new URL(input, origin)
    // The desktop's scheme has an opaque origin, so that the parts are compared.
    const own = new URL(origin)
    const isOwn = url.protocol === own.protocol && url.host === own.host && ownThread.test(url.pathname)
    if (!isOwn || url.search !== '' || url.hash !== '') throw new TypeError('code from an address is refused')
    return url.href
  }
}

export function installTrustedTypesPolicy(page: Page): void {
  page.trustedTypes?.createPolicy('default', {
    createHTML: styleTextOnly,
    createScriptURL: ownThreadOnly(page.location.href),
  })
}
