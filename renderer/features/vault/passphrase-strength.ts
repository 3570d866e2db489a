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

/** A letter of a large script is one of thousands, so it counts twice. */
const weightOf = (letter: string) => (/\P{ASCII}/u.test(letter) ? 2 : 1)

export function passphraseStrength(passphrase: string): Strength {
  const letters = Array.from(passphrase.normalize('NFKC'))
  if (letters.length < minPassphraseLength) return 'short'
  const distinct = [...new Set(letters)]
  const text = letters.join('')
  if (distinct.length < 6 || followsARun(text)) return 'weak'
  const weight = (all: readonly string[]) => all.reduce((sum, letter) => sum + weightOf(letter), 0)
  const points = Math.min(weight(letters), 2 * weight(distinct)) + 3 * classesOf(text)
  if (points < 18) return 'weak'
  return points < 26 ? 'fair' : 'strong'
}
