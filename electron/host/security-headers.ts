import { inertContentPolicy } from './content-security-policy.ts'

/** Every answer of either host carries these, refusals included; a page replaces the content policy by its own. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': inertContentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
  'cache-control': 'no-store',
}
