// A token is found by its digest and by nothing else, and no answer but the one that made it holds it.
import { Failure } from '../../../shared/failure.ts'
import {
  ClientId,
  type ClientEdit,
  type ClientView,
  type MintedClient,
  type NewClient,
} from '../../../shared/gateway.ts'
import { rehearsalClient } from '../../../shared/rehearsal-terms.ts'
import type { AuditAction } from '../../../shared/vault.ts'
import { isSameDigest } from '../../loopback/digest.ts'
import type { ClientStore } from './client-store.ts'
import { newToken, tokenDigest } from './client-token.ts'
import type { ClientUsage } from './client-usage.ts'
import type { StoredClient } from '../../models/stored-client.ts'

export interface ClientsDeps {
  store: ClientStore
  usage: ClientUsage
  /** Fails unless the vault and the interface are open: whoever holds a token spends on the keys. */
  gate: () => void
  newId: () => string
  random: (bytes: number) => Uint8Array
  wallMs: () => number
  /** The list is another than before. */
  onChange: () => void
  /** This client's token is good no longer: what is under way with it ends. */
  onRevoked: (id: ClientId) => void
}

/** The programs that may use the gateway. They stay known while the vault is locked after it was open. */
export type Clients = ReturnType<typeof createClients>

/** How this application's own requests are named; a client of that name could not be told from them. */
const reservedNames: readonly string[] = ['playground', 'key-test', rehearsalClient]

export function createClients(deps: ClientsDeps) {
  const { store, usage, gate, newId, random, wallMs, onChange, onRevoked } = deps
  let known: readonly StoredClient[] = []
  /** Null from the start until the vault was open once. */
  let lastRead: 'open' | 'none' | null = null
  let revision = 0
  let byDigest = new Map<string, StoredClient>()
  let byName = new Map<string, StoredClient>()

  function refresh() {
    const read = store.read()
    if (read.kind === 'open') known = read.clients
    if (read.kind === 'none') known = []
    if (read.kind !== 'closed') lastRead = read.kind
    revision += 1
    byDigest = new Map(known.map((client) => [client.tokenDigest, client]))
    byName = new Map(known.map((client) => [client.name, client]))
    usage.forgetOthers(new Set(known.map(({ id }) => id)))
  }

  const change = async (action: AuditAction, subject: string, apply: Parameters<ClientStore['keep']>[1]) => {
    await store.keep({ action, subject }, apply)
    refresh()
    onChange()
  }

  const viewOf = ({ tokenDigest: _digest, ...client }: StoredClient): ClientView => ({
    ...client,
    ...usage.of(client.id),
  })

  function theClient(id: ClientId): StoredClient {
    const client = known.find((one) => one.id === id)
    if (!client) throw new Failure('CLIENT_NOT_FOUND', {})
    return client
  }

  return {
    /** The vault was opened, locked or replaced. */
    refresh,
    list: (): ClientView[] => known.map(viewOf),
    count: () => known.length,
    /** Another value as soon as any client has changed. */
    revision: () => revision,
    /** False from the start until the vault was open once: then nobody can be told from anybody. */
    areKnown: () => lastRead !== null,
    named: (name: string): StoredClient | undefined => byName.get(name),
    /** The client that an export into this file made, if it is still there. */
    findForFile(path: string): ClientView | undefined {
      const client = known.find(({ forFile }) => forFile === path)
      return client && viewOf(client)
    },

    /**
     * A backup brings back models and keys, and not the clients of its time: a token that was revoked or replaced since
     * stays refused. Where nobody was known before, because the vault could not be opened, its clients are taken.
     */
    async keptThrough<T>(restore: () => Promise<T>): Promise<T> {
      const before = lastRead === 'open' ? known : null
      const restored = await restore()
      if (before) await store.keep(null, () => [...before])
      refresh()
      return restored
    },

    /** Looked up by digest, so that the time it takes tells nothing of any token. */
    find(token: string): StoredClient | undefined {
      const digest = tokenDigest(token)
      const client = byDigest.get(digest)
      return client && isSameDigest(Buffer.from(client.tokenDigest), Buffer.from(digest)) ? client : undefined
    },

    async mint(input: NewClient, forFile: string | null = null): Promise<MintedClient> {
      gate()
      const { token, ...kept } = newToken(random)
      const { name, allowedModels, requestsPerMinute, tokensPerDay } = input
      const limits = { allowedModels, requestsPerMinute, tokensPerDay }
      const client = { id: ClientId.parse(newId()), name, ...limits, ...kept, createdAtMs: wallMs(), forFile }
      await change('add-client', name, (clients) => {
        assertNameFree(clients, name)
        return [...clients, client]
      })
      return { client: viewOf(client), token }
    },

    async edit(id: ClientId, edit: ClientEdit): Promise<ClientView> {
      gate()
      const { name } = theClient(id)
      await change('edit-client', edit.name ?? name, (clients) => {
        if (edit.name !== undefined) assertNameFree(clients, edit.name, id)
        return replaced(clients, id, (client) => ({ ...client, ...definedOf(edit) }))
      })
      return viewOf(theClient(id))
    },

    /** A new token; the one before it is refused from now on. */
    async rotate(id: ClientId): Promise<MintedClient> {
      gate()
      const { token, ...kept } = newToken(random)
      await change('rotate-client', theClient(id).name, (clients) =>
        replaced(clients, id, (client) => ({ ...client, ...kept })),
      )
      onRevoked(id)
      return { client: viewOf(theClient(id)), token }
    },

    async revoke(id: ClientId): Promise<void> {
      gate()
      await change('revoke-client', theClient(id).name, (clients) => clients.filter((client) => client.id !== id))
      onRevoked(id)
    },
  }
}

function assertNameFree(clients: readonly StoredClient[], name: string, except?: ClientId): void {
  const taken = reservedNames.includes(name) || clients.some((client) => client.name === name && client.id !== except)
  if (taken) throw new Failure('CLIENT_NAME_TAKEN', { name })
}

/** Within the commit: whoever revoked it a moment ago was first. */
function replaced(
  clients: readonly StoredClient[],
  id: ClientId,
  change: (client: StoredClient) => StoredClient,
): StoredClient[] {
  if (!clients.some((client) => client.id === id)) throw new Failure('CLIENT_NOT_FOUND', {})
  return clients.map((client) => (client.id === id ? change(client) : client))
}

/** A field that was left out stays as it was. */
function definedOf(edit: ClientEdit) {
  const { name, allowedModels, requestsPerMinute, tokensPerDay } = edit
  return {
    ...(name !== undefined && { name }),
    ...(allowedModels !== undefined && { allowedModels }),
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerDay !== undefined && { tokensPerDay }),
  }
}
