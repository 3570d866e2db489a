import type { TransportCause } from '../rotation/wire-failure.ts'

const causeByCode: Readonly<Record<string, TransportCause | undefined>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EAI_NODATA: 'unknown-host',
  EAI_NONAME: 'unknown-host',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'connection-refused',
  ENETUNREACH: 'connection-refused',
  EHOSTDOWN: 'connection-refused',
  EADDRNOTAVAIL: 'connection-refused',
  EACCES: 'connection-refused',
  EPERM: 'connection-refused',
  EFORBIDDENADDRESS: 'connection-refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  UND_ERR_INVALID_ARG: 'not-sent',
  KEYWHEEL_PROXY_UNREACHABLE: 'proxy-unreachable',
  KEYWHEEL_PROXY_AUTH: 'proxy-auth',
  KEYWHEEL_PROXY_REFUSED: 'proxy-refused',
  EPROTO: 'tls',
  HOSTNAME_MISMATCH: 'tls',
}

/** Why a connection failed, by the stable codes of Node, OpenSSL and undici; never by their messages. */
export function transportCause(error: unknown): TransportCause {
  const code = codeOf(error)
  const known = causeByCode[code]
  if (known) return known
  if (
    /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|CRL_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/.test(
      code,
    )
  ) {
    return 'tls'
  }
  // What came back is no HTTP. The parser does not always give a code, but always its name.
  const isParserError = code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError')
  return isParserError ? 'not-json' : 'connection-lost'
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return ''
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0])
  if ('code' in error && typeof error.code === 'string') return error.code
  return 'cause' in error ? codeOf(error.cause) : ''
}
