// Nothing of a linked file is taken over, and nothing is written to it, before a person has chosen; what was not chosen
// stays different and is shown again.
import { createHash } from 'node:crypto'
import { Failure } from '../../../shared/failure.ts'
import type {
  LinkedApplied,
  LinkedChoice,
  LinkedDifference,
  LinkedDifferences,
  LinkedFileState,
  LinkedFileView,
} from '../../../shared/linked-file.ts'
import type { Models } from '../../models/models.ts'
import type { Clock } from '../../rotation/clock.ts'
import { createQueue } from '../../vault/queue.ts'
import { absolutePath, fileRefused, lookAt, markOf } from '../destination.ts'
import { baseRefusal } from '../difference.ts'
import type { EarlierVersions } from '../earlier-versions.ts'
import { writeDestination } from '../write-destination.ts'
import { changedFile } from './file-changes.ts'
import type { createLinkList, Link } from './link-list.ts'
import { createSettled } from './settled.ts'
import { readSides, type BothSides, type SidesDeps } from './sides.ts'
import { differences, resolve, type Sides } from './three-way.ts'
import { vaultChanges } from './vault-changes.ts'
import { watchFile, type WatchedFile } from './watch-file.ts'
import type { WatchFolder } from './watch-folder.ts'

export interface LinkedFilesDeps extends SidesDeps {
  readonly models: Pick<Models, 'list' | 'secretOf' | 'takeOver'>
  readonly list: ReturnType<typeof createLinkList>
  readonly earlier: EarlierVersions
  readonly watch: WatchFolder
  readonly homeFolder: string
  readonly delay: (ms: number) => Promise<void>
  readonly clock: Pick<Clock, 'schedule' | 'wallMs'>
  readonly newId: () => string
  readonly isOpen: () => boolean
  /** Fails unless the vault and the interface are open. */
  readonly gate: () => void
  readonly audit: (entry: { action: 'export'; subject: string }) => Promise<void>
  /** The list, or how a file stands to the vault, is another than before. */
  readonly onChange: () => void
  readonly reportBug: (error: unknown) => void
}

export type LinkedFiles = ReturnType<typeof createLinkedFiles>

interface Watched {
  link: Link
  state: LinkedFileState
  watching: WatchedFile
}

export function createLinkedFiles(deps: LinkedFilesDeps) {
  const { list, clock, gate, reportBug } = deps
  const queue = createQueue()
  /** Null while the vault is locked: nothing is known of any file then. */
  let watched: Map<string, Watched> | null = null
  const settled = createSettled(clock, () => void queue(checkAll).catch(reportBug))

  const viewOf = ({ link, state }: Watched): LinkedFileView => {
    return { id: link.id, path: link.path, syncedAtMs: link.syncedAtMs, models: link.base.length, state }
  }
  const views = () => [...(watched?.values() ?? [])].map(viewOf)
  const keep = () => list.write([...(watched?.values() ?? [])].map(({ link }) => link))

  function watch(link: Link, state: LinkedFileState): Watched {
    return { link, state, watching: watchFile(deps.watch, link.path, settled.changed) }
  }

  function forget(): void {
    settled.cancel()
    for (const { watching } of watched?.values() ?? []) watching.end()
    watched = null
  }

  /** Reads the list when the vault has been opened, and lets go of it when it has been locked. */
  async function follow(): Promise<void> {
    if (!deps.isOpen()) return forget()
    if (watched !== null) return
    const links = await list.read()
    watched = new Map(links.map((link) => [link.id, watch(link, { kind: 'in-sync' })]))
    await checkAll()
  }

  async function checkAll(): Promise<void> {
    if (watched === null) return
    const before = JSON.stringify(views())
    let isAgreed = false
    for (const one of watched.values()) isAgreed = (await check(one)) || isAgreed
    if (isAgreed) await keep()
    if (JSON.stringify(views()) !== before) deps.onChange()
  }

  /** What both sides have come to agree on is their new common ground. Says whether there is more of it. */
  async function check(one: Watched): Promise<boolean> {
    const read = await readSides(deps, one.link)
    if (read.kind === 'unusable') {
      one.state = read.state
      if (read.state.kind === 'missing') one.watching.follow(null)
      return false
    }
    one.watching.follow(read.place.target)
    const { base } = resolve(read.sides, [])
    one.state = stateOf(differences(read.sides, read.lastFourOf))
    if (JSON.stringify(base) === JSON.stringify(one.link.base)) return false
    one.link = { ...one.link, base: mutable(base) }
    if (one.state.kind === 'in-sync') one.link.syncedAtMs = clock.wallMs()
    return true
  }

  function theWatched(id: string): Watched {
    const one = watched?.get(id)
    if (one === undefined) throw new Failure('LINKED_FILE_NOT_FOUND', {})
    return one
  }

  async function bothSides(one: Watched): Promise<BothSides> {
    const read = await readSides(deps, one.link)
    if (read.kind === 'read') return read
    one.state = read.state
    deps.onChange()
    throw refusalOf(one.link.path, read.state)
  }

  async function apply(one: Watched, mark: string, choices: readonly LinkedChoice[], allowNewHost: boolean) {
    const both = await bothSides(one)
    if (mark !== markOfSides(both)) throw new Failure('FILE_CHANGED', { path: one.link.path })
    const after = resolve(both.sides, choices)
    const text = changedFile(both, after, deps.gatewayBaseUrl())
    const { taken, removed } = vaultChanges(both, after)
    const isVaultChanged = taken.length + removed.length > 0
    // The vault first: what is in a file can be written again from it.
    if (isVaultChanged) await deps.models.takeOver(taken, () => allowNewHost, removed)
    const leftover = text === both.text ? null : await writeFile(both, text)
    one.link = { ...one.link, base: mutable(after.base), syncedAtMs: clock.wallMs() }
    await keep()
    await checkAll()
    deps.onChange()
    return { vault: isVaultChanged, file: text !== both.text, leftover }
  }

  async function writeFile({ place }: BothSides, text: string): Promise<string | null> {
    await deps.audit({ action: 'export', subject: place.path })
    if (place.present !== null) await deps.earlier.keep(place.target, place.present.bytes)
    return writeDestination(deps, place, Buffer.from(text))
  }

  return {
    follow: () => queue(follow),
    /** Models or keys are others than before. */
    checkSoon: () => {
      if (watched !== null && watched.size > 0) settled.changed()
    },
    list: views,

    check: () =>
      queue(async () => {
        await checkAll()
        return views()
      }),

    add: (typed: string): Promise<LinkedFileView> =>
      queue(async () => {
        gate()
        await follow()
        const path = absolutePath(typed, deps.homeFolder)
        const known = [...(watched?.values() ?? [])].find(({ link }) => link.path === path)
        if (known !== undefined) return viewOf(known)
        if ((await lookAt(deps.fs, path)).present === null) throw fileRefused(path, 'missing')
        const link: Link = { id: deps.newId(), path, syncedAtMs: clock.wallMs(), base: [] }
        const read = await readSides(deps, link)
        if (read.kind === 'unusable') throw refusalOf(path, read.state)
        const one = watch(link, { kind: 'in-sync' })
        // Nobody is told of it before it is known how it stands, and what both sides agree on.
        await check(one).catch((error: unknown) => {
          one.watching.end()
          throw error
        })
        watched?.set(link.id, one)
        await keep()
        deps.onChange()
        return viewOf(one)
      }),

    remove: (id: string): Promise<void> =>
      queue(async () => {
        gate()
        theWatched(id).watching.end()
        watched?.delete(id)
        await keep()
        deps.onChange()
      }),

    differences: (id: string): Promise<LinkedDifferences> =>
      queue(async () => {
        const one = theWatched(id)
        const both = await bothSides(one)
        const rows = differences(both.sides, both.lastFourOf).map(unadvisedWhenRefused)
        return { id, path: one.link.path, mark: markOfSides(both), rows }
      }),

    apply: (
      id: string,
      mark: string,
      choices: readonly LinkedChoice[],
      allowNewHost: boolean,
    ): Promise<LinkedApplied> =>
      queue(async () => {
        gate()
        return apply(theWatched(id), mark, choices, allowNewHost)
      }),

    close(): void {
      forget()
    },
  }
}

function stateOf(rows: readonly LinkedDifference[]): LinkedFileState {
  if (rows.length === 0) return { kind: 'in-sync' }
  const count = (by: LinkedDifference['changed']) => rows.filter(({ changed }) => changed === by).length
  return { kind: 'differs', file: count('file'), vault: count('vault'), conflicts: count('both') }
}

/** What the vault would refuse is for a person to choose, who is then told why. */
function unadvisedWhenRefused(row: LinkedDifference): LinkedDifference {
  if (row.advised !== 'file' || row.file === null || !isBase(row.part)) return row
  return baseRefusal(row.file) === null ? row : { ...row, advised: null }
}

const isBase = (part: LinkedDifference['part']) => part === 'apiBase' || part === 'model'

function markOfSides({ place, sides }: BothSides): string {
  return createHash('sha256').update(markOf(place.present)).update(JSON.stringify(sides)).digest('base64url')
}

const mutable = (base: Sides['base']): Link['base'] =>
  base.map(({ keys, ...one }) => ({ ...one, ...(keys && { keys: [...keys] }) }))

function refusalOf(path: string, state: LinkedFileState): Failure {
  if (state.kind === 'damaged') return new Failure('IMPORT_REFUSED', state.refusal)
  return fileRefused(path, state.kind === 'refused' ? state.reason : 'missing')
}
