/** What one listener takes on. A test hands in smaller ones. */
export interface GatewayHttpLimits {
  headersTimeoutMs: number
  /** For the whole of a request's head and body. */
  requestTimeoutMs: number
  /** How often those two are looked at. */
  checkEveryMs: number
  keepAliveMs: number
  maxHeaders: number
  maxHeaderBytes: number
  /** Beyond these a request is answered 503; beyond twice as many more than these, a connection is dropped. */
  maxConnections: number
  maxBodyBytes: number
  /** Of all requests under way together. */
  maxBodiesBytes: number
  /** A client that takes nothing of its answer for so long is let go. */
  slowReaderMs: number
  streamsPerClient: number
  waitingPerClient: number
  /** How long what is under way may take to end when the gateway is switched off. */
  drainMs: number
}

export const gatewayHttpLimits: GatewayHttpLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 60_000,
  checkEveryMs: 2_000,
  keepAliveMs: 5_000,
  maxHeaders: 64,
  maxHeaderBytes: 16 * 1024,
  maxConnections: 1_200,
  maxBodyBytes: 32 * 1024 * 1024,
  maxBodiesBytes: 512 * 1024 * 1024,
  slowReaderMs: 120_000,
  streamsPerClient: 256,
  waitingPerClient: 64,
  drainMs: 5_000,
}
