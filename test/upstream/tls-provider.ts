import { readFileSync } from 'node:fs'
import { createServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { answer, json } from './local-provider.ts'

/** Throw-away certificates that vouch for nothing but these tests; `expired` ran out in 2020, the others do in 2126. */
export const pem = (name: string) => readFileSync(new URL(`./certificates/${name}`, import.meta.url), 'utf8')

export const certified = (name: string) => ({ cert: pem(`${name}.crt`), key: pem(`${name}.key`) })

/** A provider behind TLS that answers every request, until the test is over. */
export async function startTlsProvider(certificate: string, tls: ServerOptions = {}) {
  /** The Authorization of each request that came. */
  const keys: (string | undefined)[] = []
  const server = createServer({ ...certified(certificate), ...tls }, (request, response) => {
    keys.push(request.headers.authorization)
    request.resume()
    json(response, 200, answer)
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  return { port: (server.address() as AddressInfo).port, keys }
}
