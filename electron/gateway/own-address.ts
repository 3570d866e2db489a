import { isLoopback } from '../upstream/hostname.ts'

/** Whether a host of a URL is this machine itself, at the gateway's port: a request that went there would come back. */
export function isGatewayAddress(host: string, port: number): boolean {
  const { hostname, port: itsPort } = new URL(`http://${host}`)
  return itsPort === String(port) && isLoopback(hostname)
}
