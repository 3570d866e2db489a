import { afterEach, describe, expect, it, vi } from 'vitest'
import { anUpstream, aRequest, never, secret } from './local-provider.ts'
import { pem, startTlsProvider } from './tls-provider.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

const oldTls = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const

async function askOverTls(certificate: string, ca: readonly string[], tls: Partial<typeof oldTls> = {}) {
  const { port, keys } = await startTlsProvider(certificate, tls)
  const result = await anUpstream({ ca }).attempt(aRequest(`https://127.0.0.1:${port}/v1`), secret, never)
  return { result, requests: keys.length }
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
    const { result, requests } = await askOverTls('trusted', [pem('trusted.crt')], oldTls)
    expect({ result, requests }).toMatchObject({ result: refused, requests: 0 })
  })

  it('NODE_TLS_REJECT_UNAUTHORIZED changes nothing', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    expect(await askOverTls('trusted', [])).toMatchObject({ result: refused, requests: 0 })
  })
})
