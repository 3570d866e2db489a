/** What goes back to a client. The body is pulled, so that a slow client slows the provider and nothing piles up. */
export interface GatewayAnswer {
  status: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): GatewayAnswer {
  return wholeAnswer(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers })
}

/** An answer that is all there. */
export function wholeAnswer(status: number, body: string, headers: Record<string, string>): GatewayAnswer {
  return { status, headers, body: once(Buffer.from(body)) }
}

/** A request that the gateway refuses before it knows of any model. */
export function refusal(status: number, code: string, message: string): GatewayAnswer {
  return jsonAnswer(status, { error: { message, type: 'keywheel_error', code, param: null } })
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
