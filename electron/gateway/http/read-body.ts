import type { IncomingMessage } from 'node:http'
import type { BodyShare } from './body-budget.ts'

/**
 * The whole body, or why it is not taken: then the rest is read and dropped, so that a client which writes all before
 * it reads anything still gets its answer. Rejects when the body is cut off.
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  share: BodyShare,
): Promise<Buffer | 'too-large' | 'no-room'> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let bytes = 0
    let isRefused = false
    const refuse = (why: 'too-large' | 'no-room') => {
      isRefused = true
      chunks = []
      share.close()
      resolve(why)
    }
    request.on('data', (chunk: Buffer) => {
      if (isRefused) return
      bytes += chunk.length
      if (bytes > maxBytes) refuse('too-large')
      else if (share.take(chunk.length)) chunks.push(chunk)
      else refuse('no-room')
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}
