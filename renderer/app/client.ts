import { createORPCClient, DynamicLink, ORPCError, type ClientLink } from '@orpc/client'
import { ClientRetryPlugin, type ClientRetryPluginContext } from '@orpc/client/plugins'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '../../shared/contract.ts'
import { useConnection } from './connection-store.ts'
import { askToOpen, openingLink } from './interface-lock.ts'

export type CallContext = ClientRetryPluginContext
export type Client = ContractRouterClient<Contract, CallContext>
export type Link = ClientLink<CallContext>

/** Only a lost connection is worth asking again; an answer, also a failure, is an answer. */
export const retryPlugin = () =>
  new ClientRetryPlugin<CallContext>({
    default: { retryDelay: 500, shouldRetry: ({ error }) => !(error instanceof ORPCError) },
  })

declare global {
  interface Window {
    /** Set by Electron's preload; a browser has none. */
    readonly keywheel?: { readonly host: 'electron' }
  }
}

async function openLink(): Promise<Link> {
  const report = useConnection.getState().set
  if (window.keywheel?.host === 'electron') {
    const { portLink } = await import('./port-link.ts')
    return portLink(window, report)
  }
  const { socketLink } = await import('./socket-link.ts')
  return socketLink(window, report)
}

let opened: Promise<Link> | undefined

/** Opens the connection to main; calls made before it is open wait for it. */
export function connect(): Promise<Link> {
  opened ??= openLink()
  return opened
}

export const client: Client = createORPCClient(
  new DynamicLink<CallContext>(async () => openingLink(await connect(), askToOpen)),
)
