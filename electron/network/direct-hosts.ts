// Which hosts are reached without the proxy: this machine always, and those that a person or NO_PROXY names.
import { BlockList, isIP } from 'node:net'
import { isLoopback, unbracketed } from '../upstream/hostname.ts'

/** `example.com` and `.example.com` stand for the host and all below it; a port limits an entry to that port. */
export function goesDirect(origin: string, entries: readonly string[]): boolean {
  const { hostname, port, protocol } = new URL(origin)
  const host = unbracketed(hostname).replace(/\.$/, '').toLowerCase()
  const itsPort = port || (protocol === 'https:' ? '443' : '80')
  return isLoopback(host) || entries.some((entry) => matches(entry.trim().toLowerCase(), host, itsPort))
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  const { name, itsPort } = parted(entry)
  if (name === '' || (itsPort !== null && itsPort !== port)) return false
  if (name.includes('/')) return isInSubnet(name, host)
  if (isIP(host) !== 0) return name === host
  const suffix = name.replace(/^\*?\./, '')
  return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`))
}

/** `[::1]:8080`, `host:8080`, `::1`, `host`. */
function parted(entry: string): { name: string; itsPort: string | null } {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(entry)
  if (bracketed) return { name: bracketed[1] ?? '', itsPort: bracketed[2] ?? null }
  if (isIP(entry) === 6 || entry.split(':').length > 2) return { name: entry, itsPort: null }
  const [name = '', itsPort = null] = entry.split(':')
  return { name: name.replace(/\.$/, ''), itsPort }
}

function isInSubnet(subnet: string, host: string): boolean {
  const [address = '', bits = ''] = subnet.split('/')
  const family = isIP(address)
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits)) return false
  if (Number(bits) > (family === 4 ? 32 : 128)) return false
  const list = new BlockList()
  const kind = family === 4 ? 'ipv4' : 'ipv6'
  list.addSubnet(address, Number(bits), kind)
  return list.check(host, kind)
}
