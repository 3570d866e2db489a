import { isIP } from 'node:net'

/** Whether a host of a URL is this machine itself, at the gateway's port: a request that went there would come back. */
export function isGatewayAddress(host: string, port: number): boolean {
  const { hostname, port: itsPort } = new URL(`http://${host}`)
  return itsPort === String(port) && isLoopback(hostname)
}

function isLoopback(hostname: string): boolean {
  if (hostname === '[::1]' || /^\[::ffff:7f[0-9a-f]{2}:/.test(hostname)) return true
  if (isIP(hostname) === 4) return hostname.startsWith('127.')
  return /(^|\.)localhost\.?$/.test(hostname)
}
