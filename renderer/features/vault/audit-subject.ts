import type { TFunction } from 'i18next'
import type { AuditTrailView } from '../../../shared/vault.ts'

type Entry = Pick<AuditTrailView['entries'][number], 'action' | 'subject'>

/** What main writes down for a way to open the vault, as the texts name it. */
const ways = {
  pass: 'ways.name.pass',
  passphrase: 'ways.name.pass',
  os: 'ways.name.os',
  file: 'ways.name.file',
  kit: 'kit.name',
  recovery: 'kit.name',
  protector: 'audit.protector',
} as const

const isWay = (text: string): text is keyof typeof ways => Object.hasOwn(ways, text)

/** Only these actions are done with a way; what a person named is never taken for one. */
const withWay: readonly Entry['action'][] = ['create', 'unlock', 'open-interface', 'change-protection']

const numbersIn = (text: string) => [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits))

/** What main counted, in the grammar of the reader's language; null where it counted nothing. */
function counted({ action, subject }: Entry, t: TFunction<'vault'>): string | null {
  const [first, second] = numbersIn(subject)
  if (first === undefined) return null
  const keysOf = (count: number) => t('backups.keys', { count })
  if (action === 'purge') return keysOf(first)
  if (action === 'restore') return t('audit.generation', { number: first })
  const isImport = action === 'import' || action === 'undo-import'
  if (!isImport || second === undefined) return null
  return t('backups.contents', { models: t('backups.models', { count: first }), keys: keysOf(second) })
}

/** What it was done to, in the reader's language. Labels and names stay as the person wrote them. */
export function auditSubject(entry: Entry, t: TFunction<'vault'>): string {
  const { action, subject } = entry
  const count = counted(entry, t)
  if (count !== null) return count
  if (!withWay.includes(action)) return subject
  const sign = /^[+-]/.exec(subject)?.[0] ?? ''
  const way = subject.slice(sign.length)
  if (!isWay(way)) return subject
  return [sign.replace('-', '−'), t(ways[way])].filter(Boolean).join(' ')
}
