import { createServer, type AddressInfo, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { UpstreamDeps } from '../../electron/upstream/upstream.ts'
import type { UpstreamRequest } from '../../electron/upstream/wire-attempt.ts'
import { anUpstream, aRequest, never, secret, startProvider, type Reply } from './local-provider.ts'

/** One attempt at a provider that answers like this. */
export async function ask(reply: Reply, over: Partial<UpstreamRequest> = {}, deps: Partial<UpstreamDeps> = {}) {
  const provider = await startProvider(reply)
  return anUpstream(deps).attempt(aRequest(provider.apiBase, over), secret, never)
}

/** A provider that speaks bytes of its own choice. */
export async function askSocket(speak: (socket: Socket) => unknown, over: Partial<UpstreamRequest> = {}) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => speak(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())))
  const { port } = server.address() as AddressInfo
  return anUpstream().attempt(aRequest(`http://127.0.0.1:${port}/v1`, over), secret, never)
}

export const transport = (cause: string) => ({ committed: false, failure: { kind: 'transport', cause } })
