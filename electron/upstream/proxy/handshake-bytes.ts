import type { Socket } from 'node:net'
import { ProxyFault } from './proxy.ts'

/** No answer to a handshake is longer. */
const maxBytes = 16 * 1024

/**
 * Reads until `lengthOf` knows how long the answer is, and gives back just that; what comes after it is left on the
 * socket. A proxy that closes, or says more than any handshake does, is one that cannot be used.
 */
export function readAnswer(socket: Socket, lengthOf: (bytes: Buffer) => number | null): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0)
    const leave = () => {
      socket.off('data', take).off('close', fail).off('error', fail).off('end', fail)
      socket.pause()
    }
    const fail = () => {
      leave()
      reject(new ProxyFault('proxy-unreachable'))
    }
    const take = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      const length = lengthOf(bytes)
      if (length === null || length > bytes.length) return bytes.length > maxBytes ? fail() : undefined
      leave()
      if (bytes.length > length) socket.unshift(bytes.subarray(length))
      return resolve(bytes.subarray(0, length))
    }
    socket.on('data', take).on('close', fail).on('error', fail).on('end', fail)
    // It was paused after the answer before.
    socket.resume()
    if (socket.destroyed) fail()
  })
}
