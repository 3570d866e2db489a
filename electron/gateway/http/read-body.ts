import type { IncomingMessage } from 'node:http'

/**
 * The whole body, or null when it is larger than the limit: then the rest is read and dropped, so that a client which
 * writes all before it reads anything still gets its answer. Rejects when the body is cut off.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes <= maxBytes) {
        chunks.push(chunk)
        return
      }
      chunks = []
      resolve(null)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
