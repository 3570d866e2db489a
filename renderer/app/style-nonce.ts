/** The nonce of this load, which the host wrote into the page: every style element must carry it. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** Mantine asks for the nonce; what locks the page's scrolling under a dialogue only looks for this global. */
export function shareStyleNonce(page: object): void {
  Object.assign(page, { __webpack_nonce__: styleNonce() })
}
