import type { IncomingMessage } from 'node:http'

export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly status: 400 | 413 | 415 }

/** Everything this server reads is a small JSON object; anything else a form or a foreign page could send is refused. */
const maxBodyBytes = 4 * 1024

export async function readJsonBody(request: IncomingMessage): Promise<Body> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) return refused(415)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) return refused(413)
    chunks.push(chunk)
  }
  try {
    return { kind: 'json', value: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown }
  } catch {
    // What JSON.parse says repeats the text, and the text may hold a code.
    return refused(400)
  }
}

const refused = (status: 400 | 413 | 415): Body => ({ kind: 'refused', status })
