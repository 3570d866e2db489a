// Hosts as a URL writes them, and as sockets and other protocols want them.
import { BlockList, isIP } from 'node:net'

/** An IPv6 address stands in brackets in a URL, and nowhere else. */
export const unbracketed = (hostname: string): string => hostname.replace(/^\[|\]$/g, '')

/** Host and port as one text (RFC 3986 §3.2). */
export const authorityOf = ({ hostname, port }: { hostname: string; port: number }): string =>
  `${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether a host is this machine; BlockList knows IPv4 addresses mapped into IPv6 by itself. */
export function isLoopback(hostname: string): boolean {
  const host = unbracketed(hostname)
  const family = isIP(host)
  if (family !== 0) return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6')
  return /(^|\.)localhost\.?$/.test(host)
}
