/** How long each step of an attempt may take. */
export interface UpstreamTimeouts {
  /** Until the request is on a connection: name, TCP and TLS. */
  connectMs: number
  /** Until the first byte of a stream. */
  firstByteMs: number
  /** Until the first byte of a whole answer, which comes only when all of it has been generated. */
  wholeAnswerMs: number
  /** Between two pieces of the body. */
  idleMs: number
  /** The whole attempt. */
  totalMs: number
}

export const defaultTimeouts: UpstreamTimeouts = {
  connectMs: 10_000,
  firstByteMs: 60_000,
  wholeAnswerMs: 300_000,
  idleMs: 60_000,
  totalMs: 600_000,
}

/** How much of an answer is ever held in memory. */
export interface UpstreamLimits {
  errorBodyBytes: number
  lineBytes: number
  bodyBytes: number
  /** Start-up events held back before the first output. */
  heldEvents: number
  heldBytes: number
  /** What may wait for a slow reader before the provider is paused. */
  queuedBytes: number
}

export const defaultLimits: UpstreamLimits = {
  errorBodyBytes: 64 * 1024,
  lineBytes: 1024 * 1024,
  bodyBytes: 64 * 1024 * 1024,
  heldEvents: 64,
  heldBytes: 256 * 1024,
  queuedBytes: 64 * 1024,
}
