import { randomBytes } from 'node:crypto'

/**
 * The page runs only code that was built with it, styles only what carries this load's nonce, and talks only to the host
 * that served it. Both hosts send this with every page; the page's one Trusted Types policy is called `default`.
 */
export interface PagePolicy {
  nonce: string
  /** Sources beside 'self' that may be connected to, such as this host's own WebSocket. */
  connectTo?: readonly string[]
}

const noncePlaceholder = '__CSP_NONCE__'

export function contentSecurityPolicy({ nonce, connectTo = [] }: PagePolicy): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

/** For everything that is not the page: if a browser ever shows it as one, it can do nothing. */
export const inertContentPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export const createNonce = (): string => randomBytes(18).toString('base64url')

/** Hands the page its nonce: in place of the placeholder it was built with, or as a `csp-nonce` meta element. */
export function withNonce(html: string, nonce: string): string {
  if (html.includes(noncePlaceholder)) return html.replaceAll(noncePlaceholder, nonce)
  return html.replace('<head>', `<head><meta name="csp-nonce" content="${nonce}">`)
}
