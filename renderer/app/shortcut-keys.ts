const isApple = (userAgent: string) => /Mac|iPhone|iPad/.test(userAgent)

/** How the palette's shortcut is written on this keyboard. */
export const paletteKeys = (userAgent: string): string => (isApple(userAgent) ? '⌘K' : 'Ctrl K')
export const undoKeys = (userAgent: string): string => (isApple(userAgent) ? '⌘Z' : 'Ctrl Z')

/** The letter after `g` that opens each view. */
export const viewLetters = {
  d: 'dashboard',
  m: 'models',
  p: 'playground',
  a: 'activity',
  g: 'gateway',
  i: 'transfer',
  s: 'settings',
} as const

/** Single letters belong to whoever is typing. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !/^(?:radio|checkbox|button|submit|range|file)$/.test(target.type)
  return target.isContentEditable || /^(?:textarea|select)$/i.test(target.tagName)
}
