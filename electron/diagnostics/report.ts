// Nothing in the report names a model, a key, a client, a host, an account or a folder of this person: they are counted,
// or called by a number that holds within one report. What looks like a key is taken out at the very end.
import type { JournalStatus } from '../../shared/activity.ts'
import type { GatewayStatus } from '../../shared/gateway.ts'
import type { LogLine } from '../../shared/log.ts'
import type { ModelView } from '../../shared/model.ts'
import type { Settings } from '../../shared/settings.ts'
import type { VaultStatus } from '../../shared/vault.ts'
import { withoutKeys } from '../log/app-log.ts'

export interface DiagnosticFacts {
  atMs: number
  version: string
  host: 'electron' | 'browser'
  /** What it runs on: the system, its architecture, and the versions of what is built in. */
  platform: Readonly<Record<string, string>>
  settings: Settings
  vault: Pick<VaultStatus, 'state' | 'protections' | 'interface' | 'kit'>
  models: readonly ModelView[]
  gateway: GatewayStatus
  journal: JournalStatus
  log: readonly LogLine[]
}

type Row = readonly [name: string, value: string | number | boolean | null]

export function diagnosticReport(facts: DiagnosticFacts): string {
  const parts = [
    section('Keywheel', [
      ['version', facts.version],
      ['host', facts.host],
      ['written', new Date(facts.atMs).toISOString()],
    ]),
    section('System', Object.entries(facts.platform)),
    section('Settings', settingRows(facts.settings)),
    section('Vault', vaultRows(facts.vault)),
    section(`Models (${facts.models.length})`, facts.models.map(modelRow)),
    section('Gateway', gatewayRows(facts.gateway)),
    section('History', journalRows(facts.journal)),
    [`## Log (last ${facts.log.length} lines)`, ...logLines(facts.log)].join('\n'),
  ]
  return `${withoutKeys(parts.join('\n\n'))}\n`
}

const section = (title: string, rows: readonly Row[]): string =>
  [`## ${title}`, ...rows.map(([name, value]) => `${name}: ${value ?? 'none'}`)].join('\n')

const settingRows = ({ gateway, notify, proxy, ...plain }: Settings): Row[] => [
  ...Object.entries(plain),
  ['gateway', `${gateway.on ? 'on' : 'off'}, port ${gateway.port}`],
  ['notify', listed(notify)],
  // Its address names a company's network.
  ['proxy', proxy.mode],
]

const vaultRows = ({ state, protections, interface: lock, kit }: DiagnosticFacts['vault']): Row[] => [
  ['state', state],
  ['protections', listed(protections)],
  ['interface', lock],
  ['recovery kit', kit],
]

function modelRow(model: ModelView, place: number): Row {
  const { strategy, origin, keys, aliases, fallbacks, price } = model
  const states = Object.entries(Object.groupBy(keys, ({ state }) => state.kind))
  const counted = states.map(([kind, of]) => `${of?.length ?? 0} ${kind}`)
  const extras = [
    ...(origin === 'simulator' ? ['simulator'] : []),
    ...(aliases.length > 0 ? [`${aliases.length} other names`] : []),
    ...(fallbacks.length > 0 ? [`${fallbacks.length} stand-ins`] : []),
    ...(price ? ['own price'] : []),
  ]
  const keysText = `${keys.length} keys${counted.length > 0 ? ` (${counted.join(', ')})` : ''}`
  return [`model ${place + 1}`, [strategy, keysText, ...extras].join(', ')]
}

const gatewayRows = ({ state, port, inFlight, clients }: GatewayStatus): Row[] => [
  ['state', state.kind],
  ['port', port],
  ['in flight', inFlight],
  ['clients', clients],
]

/** The file that was set aside is in the data folder: that there is one is enough. */
const journalRows = ({ setAside, oldestAtMs, ...counts }: JournalStatus): Row[] => [
  ...Object.entries(counts),
  ['setAside', setAside !== null],
  ['oldest', oldestAtMs === null ? null : new Date(oldestAtMs).toISOString()],
]

const listed = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : 'none')

/** Fields that hold our own words, numbers and ids alone. What is on neither list is left out. */
const plainFields: ReadonlySet<string> = new Set(
  'version request attempt attempts keys strategy rule usable outcome result failure status cause state ms retryAfterMs untilMs error at'.split(
    ' ',
  ),
)
const namedFields: ReadonlySet<string> = new Set(['model', 'key', 'client', 'host'])

function logLines(lines: readonly LogLine[]): string[] {
  const numbers = new Map<string, number>()
  const numbered = (field: string, name: string) => {
    const known = `${field} ${name}`
    const number = numbers.get(known) ?? [...numbers.keys()].filter((one) => one.startsWith(`${field} `)).length + 1
    numbers.set(known, number)
    return `${field}-${number}`
  }
  return lines.map(({ atMs, level, event, fields }) => {
    const said = Object.entries(fields).flatMap(([name, value]) => {
      if (value === null) return []
      if (plainFields.has(name)) return [`${name}=${value}`]
      return namedFields.has(name) ? [`${name}=${numbered(name, String(value))}`] : []
    })
    return [new Date(atMs).toISOString(), level, event, ...said].join(' ')
  })
}
