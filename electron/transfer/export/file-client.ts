// The token in a file and the client it belongs to go together: a client whose file could not be written is taken back.
import { basename, dirname, join } from 'node:path'
import { Failure } from '../../../shared/failure.ts'
import type { ClientId, ClientView } from '../../../shared/gateway.ts'
import type { ModelId } from '../../../shared/identity.ts'
import { recognise } from '../../dotenv/index.ts'

/** The gateway's clients, as far as an export needs them. */
export interface ExportClients {
  findForFile(path: string): ClientView | undefined
  /** The client of a token. */
  find(token: string): { readonly id: ClientId } | undefined
  named(name: string): unknown
  mint(
    input: { name: string; allowedModels: ModelId[]; requestsPerMinute: null; tokensPerDay: null },
    forFile: string | null,
  ): Promise<{ client: ClientView; token: string }>
  edit(id: ClientId, edit: { allowedModels: ModelId[] }): Promise<unknown>
  rotate(id: ClientId): Promise<{ token: string }>
  revoke(id: ClientId): Promise<void>
}

/** What becomes of the token when the file is written. */
export type TokenPlan =
  | { kind: 'mint'; name: string; forFile: string | null }
  | { kind: 'keep'; client: ClientView; token: string }
  /** `old` stands in the file, perhaps also in entries that are not exported now. */
  | { kind: 'rotate'; client: ClientView; old: string | null }

/** In the place of a token that does not exist before the file is written; too short for any of it to be shown. */
export const tokenToCome = 'made-when-written'

export interface FileTokens {
  plan: TokenPlan
  /** The client whose token an earlier export wrote, and whether that token is in the file. */
  client: { name: string; lastFour: string; canKeep: boolean } | null
}

export function planToken(
  clients: ExportClients,
  file: { target: string; before: string },
  wish: 'keep' | 'rotate' | null,
): FileTokens {
  const client = clients.findForFile(file.target)
  if (client === undefined) return { plan: newClient(clients, file.target), client: null }
  const token = tokensIn(file.before).find((one) => clients.find(one)?.id === client.id)
  const known = { name: client.name, lastFour: client.tokenLastFour, canKeep: token !== undefined }
  if (token !== undefined && wish !== 'rotate') return { plan: { kind: 'keep', client, token }, client: known }
  return { plan: { kind: 'rotate', client, old: token ?? null }, client: known }
}

function newClient(clients: ExportClients, target: string): TokenPlan {
  return { kind: 'mint', name: freeName(clients, join(basename(dirname(target)), basename(target))), forFile: target }
}

export const clientForCopy = (clients: ExportClients, fileName: string): TokenPlan => ({
  kind: 'mint',
  name: freeName(clients, fileName),
  forFile: null,
})

const maxNameLength = 80

/** The file's own name, with a number behind it where a client of that name is known. */
function freeName(clients: ExportClients, wanted: string): string {
  const base = wanted
    .replaceAll(/\p{Cc}/gu, ' ')
    .trim()
    .slice(-(maxNameLength - 8))
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} (${number})`
    if (clients.named(name) === undefined) return name
  }
}

function tokensIn(text: string): string[] {
  const found = recognise(text)
  return found.ok ? found.models.flatMap(({ keys }) => keys) : []
}

/**
 * Makes the token, hands it to `write`, and takes a new client back when that fails. A token that was rotated cannot
 * be taken back, which is why the caller has tried the place before.
 */
export async function withToken<T>(
  clients: ExportClients,
  { plan, models, path }: { plan: TokenPlan; models: readonly ModelId[]; path: string },
  write: (token: string) => Promise<T>,
): Promise<T> {
  assertStillSo(clients, plan)
  if (plan.kind === 'keep') {
    await allow(clients, plan.client, models)
    return write(plan.token)
  }
  if (plan.kind === 'rotate') {
    await allow(clients, plan.client, models)
    const { token } = await clients.rotate(plan.client.id)
    return write(token).catch((error: unknown) => {
      throw new Failure('TOKEN_NOT_WRITTEN', { path }, { cause: error })
    })
  }
  const limits = { requestsPerMinute: null, tokensPerDay: null }
  const { client, token } = await clients.mint({ name: plan.name, allowedModels: [...models], ...limits }, plan.forFile)
  try {
    return await write(token)
  } catch (error) {
    await clients.revoke(client.id)
    throw error
  }
}

/** Since the preview the client may have been revoked, or given another token, or another taken the new one's name. */
function assertStillSo(clients: ExportClients, plan: TokenPlan): void {
  const known = plan.kind === 'keep' ? clients.find(plan.token) : clients.findForFile(fileOf(plan))
  const isSo = plan.kind === 'mint' ? clients.named(plan.name) === undefined : known?.id === plan.client.id
  if (!isSo) throw new Failure('EXPORT_EXPIRED', {})
}

const fileOf = (plan: TokenPlan): string => (plan.kind === 'mint' ? plan.forFile : plan.client.forFile) ?? ''

/** What the file names may be asked for; what it was allowed before stays allowed, for its other entries. */
async function allow(clients: ExportClients, client: ClientView, models: readonly ModelId[]): Promise<void> {
  const { allowedModels } = client
  if (allowedModels === null || models.every((id) => allowedModels.includes(id))) return
  await clients.edit(client.id, { allowedModels: [...new Set([...allowedModels, ...models])] })
}
