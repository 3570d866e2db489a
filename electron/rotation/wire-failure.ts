/**
 * What went wrong on the wire, before anybody judged it. `classification/` turns it into an outcome.
 */
export type WireFailure =
  /** A complete answer that is not a usable success: a non-2xx, or a 2xx whose body is an error, HTML or empty. */
  | { kind: 'answer'; status: number; headers: Headers; contentType: string; body: string }
  /** An error event inside a 200 stream before any output. `data` is the event's data field. */
  | { kind: 'stream-error'; status: number; headers: Headers; data: string }
  | { kind: 'transport'; cause: TransportCause; bodySent: boolean }
  | { kind: 'cancelled' }

export type TransportCause =
  | 'unknown-host'
  | 'connection-refused'
  | 'connection-lost'
  | 'tls'
  | 'timeout'
  | 'redirect'
  | 'too-large'
  | 'empty-answer'
  | 'not-json'
  | 'not-sent'
  | 'proxy-unreachable'
  | 'proxy-auth'
  | 'proxy-refused'

/** Lower-case names; several values of one name are joined by ", " (RFC 9110 §5.2). */
export type Headers = Readonly<Record<string, string>>
