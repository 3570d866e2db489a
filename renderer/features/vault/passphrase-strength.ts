/** How hard a passphrase is to guess, as a hint; the only rule is main's: at least twelve characters. */
export type Strength = 'short' | 'weak' | 'fair' | 'strong'

export const minPassphraseLength = 12

/** Twelve times the same character, or a run along the keyboard, is long and still the first thing that is tried. */
const runs = ['abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', '01234567890123456789']

function classesOf(text: string): number {
  const sets = [/[a-z]/, /[A-Z]/, /\d/, /[^\p{L}\d]/u, /\P{ASCII}/u]
  return sets.filter((set) => set.test(text)).length
}

function followsARun(text: string): boolean {
  const lower = text.toLowerCase()
  return runs.some((run) => [run, run.split('').toReversed().join('')].some((line) => line.includes(lower.slice(0, 8))))
}

export function passphraseStrength(passphrase: string): Strength {
  const text = passphrase.normalize('NFKC')
  const length = Array.from(text).length
  if (length < minPassphraseLength) return 'short'
  const distinct = new Set(text).size
  if (distinct < 6 || followsARun(text)) return 'weak'
  const points = Math.min(length, distinct * 2) + 3 * classesOf(text)
  if (points < 20) return 'weak'
  return points < 28 ? 'fair' : 'strong'
}
