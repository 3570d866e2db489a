import type { IncomingMessage } from 'node:http'

/** A request's head, read once: what the checks look at, and what may be told to the gateway. */
export interface Arrival {
  method: string
  /** As it stood in the request line. */
  target: string
  /** The target without its query. */
  path: string
  /** Null when there was none, or more than one. */
  host: string | null
  headerCount: number
  hasOrigin: boolean
  /** Every value, should there be more than one. */
  fetchSites: readonly string[]
  /** What presents a token; null when it came twice. */
  authorization: string | null
  apiKey: string | null
  /** Null when the request says nothing of its length. */
  contentLength: number | null
  hasBody: boolean
  contentType: string
  /** Lower-case names. Without what presents a token and what belongs to the connection. */
  headers: Record<string, string>
}

type Head = Pick<IncomingMessage, 'rawHeaders'> & { method?: string | undefined; url?: string | undefined }

const noSites: readonly string[] = []

/** One pass over the headers as they arrived: Node's own object forgets that a header came twice. */
export function readArrival({ method = '', url = '', rawHeaders }: Head): Arrival {
  const query = url.indexOf('?')
  const arrival: Arrival = {
    method,
    target: url,
    path: query === -1 ? url : url.slice(0, query),
    host: null,
    headerCount: rawHeaders.length / 2,
    hasOrigin: false,
    fetchSites: noSites,
    authorization: null,
    apiKey: null,
    contentLength: null,
    hasBody: false,
    contentType: '',
    headers: {},
  }
  const seen = { hosts: 0, authorizations: 0, apiKeys: 0 }
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    take(arrival, seen, lowerCase(rawHeaders[index]!), rawHeaders[index + 1]!)
  }
  if (seen.hosts !== 1) arrival.host = null
  if (seen.authorizations !== 1) arrival.authorization = null
  if (seen.apiKeys !== 1) arrival.apiKey = null
  return arrival
}

const maxKnownNames = 512
const knownNames = new Map<string, string>()

/** Clients send the same names again and again: to look one up costs a third of making it anew. */
function lowerCase(name: string): string {
  const known = knownNames.get(name)
  if (known !== undefined) return known
  const made = name.toLowerCase()
  if (knownNames.size < maxKnownNames) knownNames.set(name, made)
  return made
}

interface Seen {
  hosts: number
  authorizations: number
  apiKeys: number
}

function take(arrival: Arrival, seen: Seen, name: string, value: string): void {
  switch (name) {
    case 'host':
      seen.hosts += 1
      arrival.host = value
      return
    case 'authorization':
      seen.authorizations += 1
      arrival.authorization = value
      return
    case 'x-api-key':
      seen.apiKeys += 1
      arrival.apiKey = value
      return
    case 'origin':
      arrival.hasOrigin = true
      return
    case 'sec-fetch-site':
      arrival.fetchSites = [...arrival.fetchSites, value]
      return
    case 'transfer-encoding':
      arrival.hasBody = true
      return
    case 'content-length':
      // Node has refused what is no number, and two that differ.
      arrival.contentLength = Number(value)
      arrival.hasBody ||= arrival.contentLength > 0
      return
    case 'cookie':
    case 'connection':
    case 'proxy-authorization':
      return
    case 'content-type':
      arrival.contentType = value
      arrival.headers[name] = value
      return
    default:
      arrival.headers[name] = value
  }
}
