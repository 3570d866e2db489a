import { describe, expect, it } from 'vitest'
import { readProxyEnvironment } from '../../electron/network/environment.ts'
import { parseProxyAddress, readProxyAddress } from '../../electron/network/proxy-address.ts'

const refusalOf = (text: string) => {
  try {
    return parseProxyAddress(text, (host) => host === '127.0.0.1:4141').url
  } catch (error) {
    return error instanceof Error && 'data' in error ? error.data : error
  }
}

describe('the address of a proxy', () => {
  it.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128'],
    ['proxy.example:3128', 'http://proxy.example:3128'],
    [' HTTP://Proxy.example/ ', 'http://proxy.example:80'],
    ['https://proxy.example', 'https://proxy.example:443'],
    ['socks5://127.0.0.1', 'socks5://127.0.0.1:1080'],
    ['socks5h://[::1]:9050', 'socks5://[::1]:9050'],
  ])('%j is %s', (typed, url) => expect(refusalOf(typed)).toBe(url))

  it.each([
    ['', 'not-a-url'],
    ['http://', 'not-a-url'],
    ['http://proxy.example:99999', 'not-a-url'],
    ['ftp://proxy.example', 'scheme'],
    ['socks4://proxy.example', 'scheme'],
    ['javascript://alert(1)', 'scheme'],
    ['http://person:secret@proxy.example:3128', 'credentials'],
    ['http://person@proxy.example:3128', 'credentials'],
    ['http://:secret@proxy.example:3128', 'credentials'],
    ['http://proxy.example:3128/path', 'path'],
    ['http://proxy.example:3128?x=1', 'path'],
    ['http://proxy.example:0', 'port'],
    ['http://169.254.169.254:80', 'forbidden-host'],
    ['http://0.0.0.0:3128', 'forbidden-host'],
    ['http://127.0.0.1:4141', 'own-gateway'],
  ])('cannot be %j', (typed, reason) => expect(refusalOf(typed)).toEqual({ reason }))

  it('that holds a password is refused without repeating it', () => {
    expect(JSON.stringify(refusalOf('http://person:canary@proxy.example'))).not.toContain('canary')
  })
})

describe('what the environment says', () => {
  it('is read with its user and password, and shown without', () => {
    const { https, http, direct } = readProxyEnvironment({
      HTTPS_PROXY: 'http://per%40son:p%25ss@proxy.example:3128',
      http_proxy: 'other.example:8080',
      HTTP_PROXY: 'http://ignored.example',
      NO_PROXY: 'a.example, .b.example  10.0.0.0/8,',
    })
    expect(https).toMatchObject({
      url: 'http://proxy.example:3128',
      credentials: { user: 'per@son', password: 'p%ss' },
    })
    expect(http?.url).toBe('http://other.example:8080')
    expect(direct).toEqual(['a.example', '.b.example', '10.0.0.0/8'])
  })

  it('of every scheme serves for both, and what is no address for neither', () => {
    const { https, http } = readProxyEnvironment({ ALL_PROXY: 'socks5://127.0.0.1:1080' })
    expect([https?.kind, http?.kind]).toEqual(['socks5', 'socks5'])
    expect(readProxyEnvironment({ HTTPS_PROXY: 'nonsense://x', HTTP_PROXY: '' })).toEqual({
      https: null,
      http: null,
      direct: [],
    })
  })

  it('may leave the scheme out', () => {
    expect(readProxyAddress('proxy.example:3128')).toMatchObject({ kind: 'http', port: 3128 })
  })
})
