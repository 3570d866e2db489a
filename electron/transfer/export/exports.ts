// What is written is what was shown: the preview waits in main, and a file that changed since is not written to.
import type {
  EarlierVersionView,
  ExportChoice,
  ExportContent,
  ExportPreview,
  PreviewLine,
  Taken,
  Written,
} from '../../../shared/export.ts'
import { Failure } from '../../../shared/failure.ts'
import type { ModelId } from '../../../shared/identity.ts'
import type { ExportForm, ExportModel } from '../../dotenv/index.ts'
import type { Models } from '../../models/models.ts'
import { createQueue } from '../../vault/queue.ts'
import { absolutePath, lookAt, type Destination } from '../destination.ts'
import type { EarlierVersions } from '../earlier-versions.ts'
import type { PlacedFileSystem } from '../placed-file-system.ts'
import { rehearse, writeDestination } from '../write-destination.ts'
import { assertKeys, chosenModels, headersLeftOut } from './chosen-models.ts'
import { clientForCopy, planToken, tokenToCome, withToken, type ExportClients, type TokenPlan } from './file-client.ts'
import { fileWarnings } from './file-warnings.ts'
import { previewLines, type ShowHow } from './preview-lines.ts'
import { readerWarnings, shownFile, textOf, writtenText, type WrittenText } from './written-text.ts'

export interface ExportsDeps {
  readonly fs: PlacedFileSystem
  readonly delay: (ms: number) => Promise<void>
  readonly homeFolder: string
  readonly models: Pick<Models, 'list' | 'secretOf'>
  readonly clients: ExportClients
  readonly gatewayBaseUrl: () => string
  readonly earlier: EarlierVersions
  /** Fails unless the vault and the interface are open. */
  readonly gate: () => void
  readonly audit: (entry: { action: 'export' | 'reveal'; subject: string }) => Promise<void>
  /** Puts a text on the clipboard and takes it back after a while; left out where only the page can reach it. */
  readonly lend: ((text: string) => Promise<{ clearedAfterMs: number }>) | undefined
  readonly newId: () => string
  /** These models of this file are as the vault has them now. */
  readonly onWritten: (target: string, models: readonly string[]) => Promise<void>
}

/** A file as it is to become, before anyone has agreed. */
interface Planned {
  readonly place: Destination
  readonly before: string
  readonly format: ExportContent['format']
  readonly render: (token: string) => WrittenText
  /** Null where no token is in what is written. */
  readonly token: TokenPlan | null
  readonly models: readonly { id: ModelId; name: string }[]
  readonly subject: string
}

const maxWaiting = 4
const fileNames = { dotenv: '.env', json: 'models.json', litellm: 'config.yaml' } as const

export type Exports = ReturnType<typeof createExports>

export function createExports(deps: ExportsDeps) {
  const { fs, models, clients, earlier, gate } = deps
  const waiting = new Map<string, Planned>()
  const queue = createQueue()

  function wait(planned: Planned): string {
    const id = deps.newId()
    waiting.set(id, planned)
    const [oldest] = waiting.keys()
    if (waiting.size > maxWaiting && oldest !== undefined) waiting.delete(oldest)
    return id
  }

  function theWaiting(id: string): Planned {
    const planned = waiting.get(id)
    if (planned === undefined) throw new Failure('EXPORT_EXPIRED', {})
    return planned
  }

  const formOf = (form: ExportContent['form'], token: string): ExportForm =>
    form === 'keys' ? { kind: 'portable' } : { kind: 'gateway', apiBase: deps.gatewayBaseUrl(), token }

  function contentOf(choice: ExportContent): ExportModel[] {
    const chosen = chosenModels(models, choice)
    if (choice.form === 'keys') assertKeys(chosen)
    return chosen
  }

  const named = (choice: ExportContent, chosen: readonly ExportModel[]) =>
    choice.models.map(({ id }, index) => ({ id, name: chosen[index]?.name ?? '' }))

  async function plan(choice: ExportChoice): Promise<Planned & { client: ExportPreview['client'] }> {
    const chosen = contentOf(choice)
    const place = await lookAt(fs, absolutePath(choice.path, deps.homeFolder))
    const { format, form } = choice
    const before = textOf(place)
    const tokens = form === 'gateway' ? planToken(clients, { target: place.target, before }, choice.token) : null
    const old = tokens?.plan.kind === 'rotate' ? tokens.plan.old : null
    const render = (token: string) => {
      const written = writtenText(chosen, formOf(form, token), { format, before })
      return old === null ? written : { ...written, text: written.text.replaceAll(old, token) }
    }
    const subject = `${countsOf(choice)}: ${place.path}`
    const common = { place, before, format, render, subject, models: named(choice, chosen) }
    return { ...common, token: tokens?.plan ?? null, client: tokens?.client ?? null }
  }

  async function show(planned: Planned, client: ExportPreview['client'], isWhole: boolean): Promise<ExportPreview> {
    const { place, format, before } = planned
    const { text, lostComments } = rendered(planned)
    const lostHeaders = planned.token === null ? headersLeftOut(models, planned.models) : []
    const about = { hasSecrets: planned.token === null, replacesWhole: format !== 'dotenv', lostComments, lostHeaders }
    return {
      id: wait(planned),
      path: place.path,
      isNew: place.present === null,
      isUnchanged: place.present !== null && text === before,
      bytes: Buffer.byteLength(text),
      lines: linesOf(planned, { isWhole, isRevealed: false }),
      warnings: await fileWarnings(fs, place, about),
      readers: readerWarnings(text, format),
      client,
    }
  }

  async function write(planned: Planned): Promise<Written> {
    const { place, token, models: ids, subject, before } = planned
    // A place that takes nothing is known before any client is made, or any token ends.
    if (token !== null && token.kind !== 'keep') await rehearse(deps, place, Buffer.from(rendered(planned).text))
    await deps.audit({ action: 'export', subject })
    const kept = rendered(planned).text === before ? null : place.present
    if (kept !== null) await earlier.keep(place.target, kept.bytes)
    const put = async (made: string) => {
      const { text } = planned.render(made)
      return text === before && place.present !== null ? null : writeDestination(deps, place, Buffer.from(text))
    }
    const path = place.path
    const leftover =
      token === null
        ? await put('')
        : await withToken(clients, { plan: token, models: ids.map(({ id }) => id), path }, put)
    await deps.onWritten(
      place.target,
      ids.map(({ name }) => name),
    )
    return { path, keptEarlier: kept !== null, client: clientOf(token), leftover }
  }

  return {
    /** What waits holds secrets as they were read: none of it outlives a locked vault. */
    forget: () => waiting.clear(),

    async preview(choice: ExportChoice, isWhole: boolean): Promise<ExportPreview> {
      gate()
      const { client, ...planned } = await plan(choice)
      return show(planned, client, isWhole)
    },

    async earlier(): Promise<EarlierVersionView[]> {
      gate()
      const versions = await earlier.list()
      return versions.map(({ id, path, savedAtMs, bytes }) => ({ id, path, savedAtMs, bytes: bytes.length }))
    },

    /** What a file held before, in the place of what it holds now. */
    async previewEarlier(id: string, isWhole: boolean): Promise<ExportPreview> {
      gate()
      const { path, bytes } = await earlier.find(id)
      const place = await lookAt(fs, path)
      const text = textOf({ path, present: { bytes, placing: { mode: 0, uid: 0, gid: 0, links: 1 } } })
      const format = formatOf(text)
      const planned = {
        place,
        before: textOf(place),
        format,
        render: () => ({ text, lostComments: [] }),
        token: null,
        models: [],
        subject: path,
      }
      return show(planned, null, isWhole)
    },

    async reveal(id: string, isWhole: boolean): Promise<PreviewLine[]> {
      gate()
      const planned = theWaiting(id)
      await deps.audit({ action: 'reveal', subject: planned.subject })
      return linesOf(planned, { isWhole, isRevealed: true })
    },

    write: (id: string): Promise<Written> =>
      queue(async () => {
        gate()
        const written = await write(theWaiting(id))
        waiting.delete(id)
        return written
      }),

    /** Through the page: for whoever has no access to this machine's files. */
    take: (choice: ExportContent, how: 'download' | 'copy'): Promise<Taken> =>
      queue(async () => {
        gate()
        const chosen = contentOf(choice)
        const fileName = fileNames[choice.format]
        const subject = `${countsOf(choice)}: ${how}`
        await deps.audit({ action: 'export', subject })
        const textWith = async (token: string) =>
          writtenText(chosen, formOf(choice.form, token), { format: choice.format, before: '' }).text
        const ids = choice.models.map(({ id }) => id)
        const plan = clientForCopy(clients, fileName)
        const text =
          choice.form === 'keys'
            ? await textWith('')
            : await withToken(clients, { plan, models: ids, path: fileName }, textWith)
        if (how === 'download' || deps.lend === undefined) return { text, fileName, clearedAfterMs: null }
        return { text: null, fileName, ...(await deps.lend(text)) }
      }),
  }
}

/** With what stands for a token that does not exist yet. */
const rendered = ({ render, token }: Planned): WrittenText => render(token?.kind === 'keep' ? token.token : tokenToCome)

function linesOf(planned: Planned, how: ShowHow): PreviewLine[] {
  const { before, format } = planned
  return previewLines(shownFile(before, format), shownFile(rendered(planned).text, format), how)
}

function clientOf(token: TokenPlan | null): Written['client'] {
  if (token === null) return null
  if (token.kind === 'mint') return { name: token.name, what: 'minted' }
  return { name: token.client.name, what: token.kind === 'keep' ? 'kept' : 'rotated' }
}

/** How the list of what was done counts an export. */
function countsOf({ models, form }: ExportContent): string {
  if (form === 'gateway') return `${models.length} models, through the gateway`
  const keys = models.reduce((count, { keyIds }) => count + keyIds.length, 0)
  return `${models.length} models, ${keys} keys`
}

function formatOf(text: string): ExportContent['format'] {
  if (/^\s*[{[]/.test(text)) return 'json'
  return /^model_list\s*:/m.test(text) ? 'litellm' : 'dotenv'
}
