// A file that is checked stays in main; the page gets places and last four characters of its keys. Each change makes a
// new file under a new name, so that a person can go back.
import type { DslightingCheckView, TrapView } from '../../shared/dslighting.ts'
import { Failure } from '../../shared/failure.ts'
import {
  applyFixes,
  checkDslighting,
  decodeDotenvBytes,
  expandVariables,
  exportDotenv,
  lostComments,
  parseDotenv,
  secretRanges,
  writeDotenv,
  type DotenvTree,
  type ExportForm,
  type ExportModel,
  type Fix,
  type GatewayAccess,
  type Trap,
} from '../dotenv/index.ts'
import { shownText } from './export/masked-lines.ts'
import { previewLines } from './export/preview-lines.ts'

export interface DslightingChecksDeps {
  readonly newId: () => string
  /** What the vault would export; fails while it is locked. */
  readonly exported: () => ExportModel[]
  readonly gateway: FileGateway
}

/** The gateway, as far as a file can be led through it. */
export interface FileGateway {
  /** Whether the vault has a model that the gateway would answer for under this name. */
  readonly serves: (model: string) => boolean
  /** Makes a client for a file, which may use these models and no others. */
  readonly accessFor: (fileName: string, models: readonly string[]) => Promise<GatewayAccess>
}

interface Checked {
  readonly source: DslightingCheckView['source']
  readonly fileName: string
  readonly original: DotenvTree
  readonly tree: DotenvTree
  /** Once a client was made for the file, every model of it that goes through the gateway uses it. */
  readonly access: GatewayAccess | undefined
}

/** Enough to go back over the changes that a person makes to one file. */
const maxWaiting = 64

export type DslightingChecks = ReturnType<typeof createDslightingChecks>

export function createDslightingChecks({ newId, exported, gateway }: DslightingChecksDeps) {
  const waiting = new Map<string, Checked>()

  function keep(checked: Checked): DslightingCheckView {
    const id = newId()
    waiting.set(id, checked)
    const [oldest] = waiting.keys()
    if (waiting.size > maxWaiting && oldest !== undefined) waiting.delete(oldest)
    return { id, ...viewOf(checked, gateway) }
  }

  function theChecked(id: string): Checked {
    const checked = waiting.get(id)
    if (checked === undefined) throw new Failure('IMPORT_EXPIRED', {})
    return checked
  }

  async function accessOf(checked: Checked, fixes: readonly Fix[]): Promise<GatewayAccess | undefined> {
    const wanted = fixes.flatMap((fix) => (fix.kind === 'through-gateway' ? [fix.model] : []))
    if (wanted.length === 0 || !wanted.every(gateway.serves)) return checked.access
    const names = checkDslighting(checked.tree).models.map(({ name }) => name)
    return checked.access ?? gateway.accessFor(checked.fileName, names.filter(gateway.serves))
  }

  async function change(checked: Checked, fixes: readonly Fix[]): Promise<Checked> {
    const access = await accessOf(checked, fixes)
    const fixed = applyFixes(checked.tree, fixes, access)
    if (!fixed.ok) throw new Failure('FIX_REFUSED', { reason: fixed.reason })
    return { ...checked, access, tree: fixed.tree }
  }

  return {
    /** What waits holds secrets as they were read: none of it outlives a locked vault. */
    forget: () => waiting.clear(),

    /** A `.env` from outside. */
    check(bytes: Uint8Array, fileName: string): DslightingCheckView {
      const decoded = decodeDotenvBytes(bytes)
      if (!decoded.ok) {
        const { line = null, column = null } = decoded.place ?? {}
        throw new Failure('IMPORT_REFUSED', { reason: decoded.reason, line, column, name: null })
      }
      const tree = parseDotenv(decoded.text)
      return keep({ source: 'file', fileName, original: tree, tree, access: undefined })
    },

    /** What an export of all models would be. */
    checkExport(): DslightingCheckView {
      const form: ExportForm = { kind: 'portable' }
      const written = exportDotenv(exported(), form)
      if (!written.ok) throw new Failure('FIX_REFUSED', { reason: written.reason })
      return keep({ source: 'vault', fileName: '.env', original: written.tree, tree: written.tree, access: undefined })
    },

    /** Makes the change that takes one trap away. */
    async fix(id: string, trapIndex: number): Promise<DslightingCheckView> {
      const checked = theChecked(id)
      const trap = checkDslighting(checked.tree).traps[trapIndex]
      if (trap === undefined || trap.fix === null) throw new Failure('IMPORT_EXPIRED', {})
      return keep(await change(checked, [trap.fix]))
    },

    /** Makes every change that needs no decision. */
    async fixAll(id: string): Promise<DslightingCheckView> {
      let checked = theChecked(id)
      const made = new Set<string>()
      for (;;) {
        const fixes = firstOfEachModel(checkDslighting(checked.tree).traps, made)
        if (fixes.length === 0) return keep(checked)
        checked = await change(checked, fixes)
      }
    },

    /** What its variables say, for services of main. */
    variablesOf: (id: string): ReadonlyMap<string, string> => expandVariables(theChecked(id).tree, new Map()),

    /** The file as it is now. What the vault holds leaves by an export, which is recorded. */
    text(id: string): { text: string; fileName: string } {
      const { source, tree, fileName } = theChecked(id)
      if (source === 'vault') throw new Failure('IMPORT_EXPIRED', {})
      return { text: writeDotenv(tree), fileName }
    },
  }
}

/** Changes to one model are made one at a time, because each may move what another counts by place. */
function firstOfEachModel(traps: readonly Trap[], made: Set<string>): Fix[] {
  const fixes = new Map<string | null, Fix>()
  for (const { model, fix, needsDecision } of traps) {
    const key = JSON.stringify(fix)
    if (fix === null || needsDecision || fixes.has(model) || made.has(key)) continue
    made.add(key)
    fixes.set(model, fix)
  }
  return [...fixes.values()]
}

function viewOf({ source, original, tree }: Checked, { serves }: FileGateway): Omit<DslightingCheckView, 'id'> {
  const { models, traps } = checkDslighting(tree)
  const shown = (one: DotenvTree) => shownText(one.text, secretRanges(one))
  const lines =
    original === tree ? [] : previewLines(shown(original), shown(tree), { isWhole: false, isRevealed: false })
  const trapView = ({ fix, ...trap }: Trap): TrapView => {
    if (fix === null) return { ...trap, fix }
    return { ...trap, fix: { ...fixView(fix), isPossible: fix.kind !== 'through-gateway' || serves(fix.model) } }
  }
  return { source, models, traps: traps.map(trapView), lines, lostComments: lostComments(original, tree) }
}

/** What a change does, in words that hold no secret: the values it writes are ours. */
function fixView(fix: Fix): Omit<NonNullable<TrapView['fix']>, 'isPossible'> {
  switch (fix.kind) {
    case 'set-field':
      return { kind: fix.kind, name: fix.field, value: fix.value }
    case 'rename-field':
      return { kind: fix.kind, name: fix.from, value: fix.to }
    case 'rename-model':
      return { kind: fix.kind, name: fix.model, value: fix.to }
    case 'remove-field':
    case 'remove-keys':
      return { kind: fix.kind, name: fix.field, value: null }
    case 'remove-variable':
      return { kind: fix.kind, name: fix.name, value: null }
    case 'rewrite':
      return { kind: fix.kind, name: null, value: null }
    case 'through-gateway':
    case 'key-as-text':
    case 'remove-model':
    case 'make-first':
    default:
      return { kind: fix.kind, name: fix.model, value: null }
  }
}
