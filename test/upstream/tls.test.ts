import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { answer, anUpstream, aRequest, json, never, secret } from './local-provider.ts'

/** Throw-away certificates that vouch for nothing but these tests; `expired` ran out in 2020, the others do in 2126. */
const pem = (name: string) => readFileSync(new URL(`./certificates/${name}`, import.meta.url), 'utf8')

afterEach(() => {
  vi.unstubAllEnvs()
})

async function askOverTls(certificate: string, ca: readonly string[], tls: { maxVersion?: 'TLSv1.1' } = {}) {
  let requests = 0
  const options = { cert: pem(`${certificate}.crt`), key: pem(`${certificate}.key`), ...tls }
  const legacy = tls.maxVersion ? { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' } : {}
  const server = createServer({ ...options, ...legacy }, (request, response) => {
    requests += 1
    request.resume()
    json(response, 200, answer)
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(() => resolve()))
  })
  const { port } = server.address() as AddressInfo
  const result = await anUpstream({ ca }).attempt(aRequest(`https://127.0.0.1:${port}/v1`), secret, never)
  return { result, requests }
}

const refused = { committed: false, failure: { kind: 'transport', cause: 'tls', bodySent: false } }

describe('over TLS', () => {
  it('an answer comes when the certificate is trusted and names the host', async () => {
    const { result } = await askOverTls('trusted', [pem('trusted.crt')])
    expect(result.committed).toBe(true)
  })

  it.each<[string, string, string[]]>([
    ['self-signed', 'trusted', []],
    ['of another host', 'other-host', [pem('other-host.crt')]],
    ['expired', 'expired', [pem('expired.crt')]],
  ])('nothing is sent to a certificate that is %s', async (_title, certificate, ca) => {
    expect(await askOverTls(certificate, ca)).toMatchObject({ result: refused, requests: 0 })
  })

  it('nothing is sent over TLS 1.1', async () => {
    const { result, requests } = await askOverTls('trusted', [pem('trusted.crt')], { maxVersion: 'TLSv1.1' })
    expect({ result, requests }).toMatchObject({ result: refused, requests: 0 })
  })

  it('NODE_TLS_REJECT_UNAUTHORIZED changes nothing', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    expect(await askOverTls('trusted', [])).toMatchObject({ result: refused, requests: 0 })
  })
})
