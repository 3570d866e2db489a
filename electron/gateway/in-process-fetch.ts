import type { KeyId, RequestId } from '../../shared/identity.ts'
import type { Gateway } from './gateway.ts'

/** The gateway as a `fetch`, for programs inside this process: no socket, no token, the same path as from outside. */
export function inProcessFetch(
  gateway: Gateway,
  request: { id: RequestId; client: string; keyId: KeyId | null; signal: AbortSignal },
): typeof fetch {
  return async (resource, init) => {
    const url = new URL(resource instanceof Request ? resource.url : resource)
    const signal = init?.signal ? AbortSignal.any([init.signal, request.signal]) : request.signal
    const answer = await gateway.handle({
      id: request.id,
      client: request.client,
      method: init?.method ?? 'GET',
      path: url.pathname,
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: Buffer.from(typeof init?.body === 'string' ? init.body : ''),
      allowedModels: null,
      pinnedKeyId: request.keyId,
      conversation: null,
      signal,
    })
    const { body } = answer
    const bytes = body instanceof Uint8Array ? new Uint8Array(body) : webStream(body)
    return new Response(bytes, { status: answer.status, headers: answer.headers })
  }
}

/** Pulls one chunk at a time, so that a slow reader slows the upstream, and ends the upstream when the reader leaves. */
function webStream(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return?.()
    },
  })
}
