/** What goes back to a client. The body is pulled, so that a slow client slows the provider and nothing piles up. */
export interface GatewayAnswer {
  status: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): GatewayAnswer {
  const bytes = Buffer.from(JSON.stringify(body))
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: once(bytes) }
}

// oxlint-disable-next-line require-await -- an async generator is the shortest AsyncIterable
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
