import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { createGrowingBuffer } from './growing-buffer.ts'
import { transportFailure, WireFault } from './wire-attempt.ts'
import type { WireCall } from './wire-call.ts'

/** The whole body, or the beginning of it when it is longer and `overflow` allows that. */
export async function readBody(
  call: WireCall,
  first: Buffer | null,
  maxBytes: number,
  overflow: 'fail' | 'cut',
): Promise<Buffer> {
  if (first === null) return nothing
  // Most answers come in one piece.
  const second = first.length <= maxBytes ? await call.read() : null
  if (second === null && first.length <= maxBytes) return first
  const body = createGrowingBuffer()
  if (second) body.append(first)
  for (let chunk: Buffer | null = second ?? first; chunk !== null; chunk = await call.read()) {
    const room = maxBytes - body.length
    body.append(chunk.length > room ? chunk.subarray(0, room) : chunk)
    if (chunk.length <= room) continue
    call.abort()
    if (overflow === 'fail') throw new WireFault(transportFailure('too-large', true))
    break
  }
  return body.bytes()
}

const nothing = Buffer.alloc(0)

/** Undoes a content coding that was not asked for, never to more than `maxBytes`. */
export function decodeBody(body: Buffer, coding: string | undefined, maxBytes: number): Buffer {
  const name = coding?.trim().toLowerCase() ?? 'identity'
  if (name === 'identity' || name === '') return body
  const decoder = decoders[name]
  if (!decoder) throw new WireFault(transportFailure('not-json', true))
  try {
    return decoder(body, { maxOutputLength: maxBytes })
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    throw new WireFault(transportFailure(isTooLarge ? 'too-large' : 'not-json', true))
  }
}

type Decoder = (body: Buffer, options: { maxOutputLength: number }) => Buffer
const decoders: Readonly<Record<string, Decoder | undefined>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}
