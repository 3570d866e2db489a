/**
 * The page's only Trusted Types policy: markup is never made from a string. Mantine writes its style elements through
 * innerHTML, and a style sheet holds no `<`, so text without one is let through and everything else throws. There is
 * no createScript and no createScriptURL: nothing here may turn a string into code.
 */
interface PolicyFactory {
  createPolicy(name: 'default', rules: { createHTML(input: string): string }): unknown
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

export function installTrustedTypesPolicy(page: { readonly trustedTypes?: PolicyFactory }): void {
  page.trustedTypes?.createPolicy('default', { createHTML: styleTextOnly })
}
