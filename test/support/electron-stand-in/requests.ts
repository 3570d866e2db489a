import { DevToolsError, type Protocol, type Session } from './devtools.ts'
import { schemeMap } from './runtime.ts'
import type { SchemeHandler } from './session.ts'

/** Electron's documentation, protocol.handle: the application answers requests of its scheme, headers and all. */
export async function answerRequest(
  devTools: Session,
  handlers: ReadonlyMap<string, SchemeHandler>,
  { requestId, request }: Protocol.Fetch.requestPausedPayload,
): Promise<void> {
  const address = schemeMap.fromBrowser(request.url)
  const handler = handlers.get(address.slice(0, address.indexOf(':')))
  if (handler === undefined) {
    await devTools.send('Fetch.continueRequest', { requestId })
    return
  }
  try {
    const response = await handler(toRequest(address, request))
    const body = Buffer.from(await response.arrayBuffer()).toString('base64')
    const responseHeaders = [...response.headers].map(([name, value]) => ({
      name,
      value: toBrowserHeader(name, value),
    }))
    await devTools.send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body })
  } catch (error) {
    if (isTakenBack(error)) return
    process.stderr.write(`protocol.handle failed for ${address}: ${String(error)}\n`)
    await devTools.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => undefined)
  }
}

/** A page that is loaded again takes back what it had asked for: nobody waits for that answer any more. */
const isTakenBack = (error: unknown) => error instanceof DevToolsError && /Invalid InterceptionId/.test(error.message)

function toRequest(address: string, request: Protocol.Network.Request): Request {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    /^(origin|referer)$/i.test(name) ? schemeMap.fromBrowser(value) : value,
  ])
  const hasBody = request.postData !== undefined && request.method !== 'GET' && request.method !== 'HEAD'
  return new Request(address, { method: request.method, headers, ...(hasBody ? { body: request.postData! } : {}) })
}

const toBrowserHeader = (name: string, value: string) =>
  name.toLowerCase() === 'location' ? schemeMap.toBrowser(value) : value
