import { maxImageBytes } from '../../../../shared/chat-limits.ts'
import type { ImagePart } from '../../../../shared/chat.ts'
import { readImageHeader } from './image-header.ts'

export const imageLimits = {
  /** Of one message. */
  count: 10,
  bytes: maxImageBytes,
  side: 8_000,
  pixels: 40_000_000,
} as const

/** Why a file was not taken, with what the sentence needs. */
export type ImageProblem =
  | { kind: 'kind'; name: string }
  | { kind: 'bytes'; name: string; bytes: number; file: Blob }
  | { kind: 'pixels'; name: string; width: number; height: number; file: Blob }
  | { kind: 'count'; name: string }
  | { kind: 'unreadable'; name: string }
  /** No smaller copy could be made of it. */
  | { kind: 'no-copy'; name: string }

export type TakenImage = { ok: true; image: ImagePart } | { ok: false; problem: ImageProblem }

/** Larger than anything that could be made smaller here. */
const mostReadable = 64 * 1024 * 1024
const headerBytes = 512 * 1024

export async function takeImage(file: Blob, name: string): Promise<TakenImage> {
  const refused = (problem: ImageProblem): TakenImage => ({ ok: false, problem })
  try {
    const header = readImageHeader(new Uint8Array(await file.slice(0, headerBytes).arrayBuffer()))
    if (!header) return refused({ kind: 'kind', name })
    const { type, width, height } = header
    if (isTooLarge(width, height)) return refused({ kind: 'pixels', name, width, height, file })
    if (file.size > imageLimits.bytes) return refused({ kind: 'bytes', name, bytes: file.size, file })
    const dataUrl = `data:${type};base64,${await base64(file)}`
    return { ok: true, image: { type: 'image', dataUrl, name: name.slice(0, 255), width, height, bytes: file.size } }
  } catch {
    // It was moved or deleted between the choosing and the reading.
    return refused({ kind: 'unreadable', name })
  }
}

const isTooLarge = (width: number, height: number) =>
  Math.max(width, height) > imageLimits.side || width * height > imageLimits.pixels

/** Whether a smaller copy of it can be tried: a browser would have to decode it whole. */
export const canShrink = (problem: ImageProblem): problem is Extract<ImageProblem, { file: Blob }> =>
  (problem.kind === 'bytes' ||
    (problem.kind === 'pixels' && problem.width * problem.height <= 4 * imageLimits.pixels)) &&
  problem.file.size <= mostReadable

/** In pieces that fit on the stack. */
async function base64(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += 0x60_00) {
    pieces.push(btoa(String.fromCodePoint(...bytes.subarray(at, at + 0x60_00))))
  }
  return pieces.join('')
}
