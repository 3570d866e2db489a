import type { IncomingMessage } from 'node:http'
import type { BodyShare } from './body-budget.ts'

/** Why a body is not taken. */
export type BodyRefusal = 'too-large' | 'no-room'

/**
 * The whole body, or why it is not taken: then the rest is read and dropped, so that a client which writes all before
 * it reads anything still gets its answer. One of the two is called, once; `failed` when the body is cut off.
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  share: BodyShare,
  read: (body: Buffer | BodyRefusal) => void,
  failed: (error: unknown) => void,
): void {
  let chunks: Buffer[] = []
  let bytes = 0
  let isSettled = false
  const settle = (body: Buffer | BodyRefusal) => {
    if (isSettled) return
    isSettled = true
    chunks = []
    read(body)
  }
  const refuse = (why: BodyRefusal) => {
    share.close()
    settle(why)
  }
  request.on('data', (chunk: Buffer) => {
    if (isSettled) return
    bytes += chunk.length
    if (bytes > maxBytes) refuse('too-large')
    else if (share.take(chunk.length)) chunks.push(chunk)
    else refuse('no-room')
  })
  request.on('end', () => settle(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
  request.on('error', (error) => {
    if (isSettled) return
    isSettled = true
    failed(error)
  })
}
