/**
 * Presentation mode, in the one place that every answer passes: nothing of a secret crosses to the page, not even its
 * last four characters, and what exists to show one is refused. An answer that a page needs to hand on (a copied key, a
 * client's new token) still crosses; the page shows none of it.
 */
import { Failure } from '../../shared/failure.ts'

export interface Presentation {
  isOn: () => boolean
}

const refused: ReadonlySet<string> = new Set([
  'keys.reveal',
  'models.revealHeader',
  'export.reveal',
  'vault.createKit',
  'vault.replaceDataKey',
])

export function refuseWhilePresenting({ isOn }: Presentation, path: readonly string[]): void {
  if (isOn() && refused.has(path.join('.'))) throw new Failure('PRESENTING', {})
}

/** The names by which the contract calls what is left to see of a secret. */
const hiddenNames: ReadonlySet<string> = new Set(['lastFour', 'lastFours', 'tokenLastFour'])

const blank = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(blank) : typeof value === 'string' ? '' : value

const isPlain = (value: object) => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** A copy with nothing of any secret in it; streams and everything that is not plain data are handed on as they are. */
export function withoutKeyText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutKeyText)
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  const entries = Object.entries(value)
  const isSecretPart = 'secret' in value && value.secret === true
  return Object.fromEntries(
    entries.map(([name, member]) => {
      if (hiddenNames.has(name) || (isSecretPart && name === 'text')) return [name, blank(member)]
      return [name, withoutKeyText(member)]
    }),
  )
}
