import { isUtf8 } from 'node:buffer'
import { readJsonBody } from './json-body.ts'
import { readMultipartBody } from './multipart-body.ts'

/** What the gateway must know of a request's body, and how it is written for a provider. */
export interface RequestBody {
  /** The model that the client asks for, by whatever name. */
  readonly model: string
  /** The client asks for a stream. */
  readonly streaming: boolean
  /** The client chose how to sample by `top_p`. */
  readonly hasTopP: boolean
  /** The response it goes on from; null when it names none. */
  readonly previousResponse: string | null
  /** Writes it for one model. What need not change is not touched; when nothing has to, it is the client's own bytes. */
  forUpstream(fields: UpstreamFields): Buffer
}

export interface UpstreamFields {
  /** The id that reaches the provider. */
  model: string
  /** Added only when the client sent none; null adds nothing. */
  temperature: number | null
  /** Ask the stream for its usage, when the client did not say otherwise. */
  askForUsage: boolean
}

export type BodyProblem = 'not-json' | 'not-multipart' | 'no-model' | 'no-form' | 'content-type'

export type ReadBody = { ok: true; body: RequestBody } | { ok: false; problem: BodyProblem }

/** Reads a body by its content type; without one it is taken for JSON. */
export function readBody(bytes: Uint8Array, contentType: string | undefined, takesForms = true): ReadBody {
  const buffer = asBuffer(bytes)
  if (contentType === undefined || /^application\/json\b/i.test(contentType)) {
    // Bytes that are no UTF-8 would be sent on with another meaning than the client gave them.
    return isUtf8(buffer) ? readJsonBody(buffer) : { ok: false, problem: 'not-json' }
  }
  if (!/^multipart\/form-data\b/i.test(contentType)) return { ok: false, problem: 'content-type' }
  return takesForms ? readMultipartBody(buffer, contentType) : { ok: false, problem: 'no-form' }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
