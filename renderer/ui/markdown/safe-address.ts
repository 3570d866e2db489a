const opened = new Set(['http:', 'https:', 'mailto:'])

/** The address that a click may offer to open; null for everything a link of foreign text must never do. */
export function safeAddress(href: string): URL | null {
  // A link without its own host would be one of this page.
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return null
  try {
    const url = new URL(href)
    return opened.has(url.protocol) ? url : null
  } catch {
    return null
  }
}
