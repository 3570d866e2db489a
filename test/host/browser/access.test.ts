import { describe, expect, it } from 'vitest'
import { checkRequest, checkUpgrade, originOf, type Arrival } from '../../../electron/host/browser/access.ts'

const origin = 'http://127.0.0.1:8786'
const host = ['Host', '127.0.0.1:8786']
const own = ['Origin', origin]

const arrival = (method: string, target: string, ...headers: string[][]): Arrival => ({
  method,
  target,
  rawHeaders: headers.flat(),
})

/** What became of the request, in one word. */
const request = (...words: Parameters<typeof arrival>) => {
  const verdict = checkRequest(arrival(...words), origin)
  return verdict.kind === 'passed' ? 'passed' : `${verdict.status} ${verdict.reason}`
}
const upgrade = (...words: Parameters<typeof arrival>) => {
  const verdict = checkUpgrade(arrival(...words), origin)
  return verdict.kind === 'passed' ? 'passed' : `${verdict.status} ${verdict.reason}`
}

describe('The Host of a request', () => {
  it('is exactly the address that the server listens on', () => {
    expect(request('GET', '/', host)).toBe('passed')
  })

  it.each([
    ['none', []],
    ['another name, as a rebinding page has it', ['Host', 'rebind.test:8786']],
    ['localhost, which may lead to ::1', ['Host', 'localhost:8786']],
    ['the other loopback', ['Host', '[::1]:8786']],
    ['another loopback address', ['Host', '127.0.0.2:8786']],
    ['another port', ['Host', '127.0.0.1:8787']],
    ['no port', ['Host', '127.0.0.1']],
    ['a trailing dot', ['Host', '127.0.0.1.:8786']],
    ['a name that begins with the address', ['Host', '127.0.0.1:8786.evil.test']],
    ['user info before the address', ['Host', 'evil.test@127.0.0.1:8786']],
    ['another spelling of the number', ['Host', '2130706433:8786']],
    ['a hexadecimal spelling', ['Host', '0x7f.1:8786']],
    ['a leading zero', ['Host', '127.0.0.1:08786']],
    ['a list', ['Host', '127.0.0.1:8786, evil.test']],
    ['nothing', ['Host', '']],
    ['two', [...host, 'Host', 'evil.test']],
    ['the same twice', [...host, ...host]],
    ['two in different case', ['host', 'evil.test', ...host]],
  ])('is refused when it is %s', (_, headers) => {
    expect(request('GET', '/', headers)).toBe('421 other-host')
    expect(request('POST', '/session', headers, own)).toBe('421 other-host')
    expect(upgrade('GET', '/rpc', headers, own)).toBe('421 other-host')
  })

  it('is checked before anything else, so that a foreign name learns nothing of methods and origins', () => {
    const foreign = ['Host', 'evil.test']
    expect(request('OPTIONS', '/', foreign)).toBe('421 other-host')
    expect(request('TRACE', 'http://evil.test/', foreign, ['Origin', 'http://evil.test'])).toBe('421 other-host')
  })
})

describe('The target of a request', () => {
  it.each([
    ['http://127.0.0.1:8786/'],
    ['http://evil.test/'],
    ['//evil.test/'],
    ['*'],
    ['evil.test:443'],
    [''],
    ['/a b'],
  ])('is refused when it is %j, because only a path of this server is one', (target) => {
    expect(request('GET', target, host)).toBe('400 bad-target')
    expect(upgrade('GET', target, host, own)).toBe('400 bad-target')
  })
})

describe('The method of a request', () => {
  it.each(['GET', 'HEAD'])('%s reads and needs no Origin', (method) => {
    expect(request(method, '/', host)).toBe('passed')
  })

  it.each(['POST', 'DELETE'])('%s writes and needs this page as its Origin', (method) => {
    expect(request(method, '/session', host, own)).toBe('passed')
    expect(request(method, '/session', host)).toBe('403 origin')
  })

  it('is refused as a preflight, so that no page gets to send a header of its own', () => {
    expect(request('OPTIONS', '/session', host, own)).toBe('403 preflight')
  })

  it.each(['PUT', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'get', ''])('is refused when it is %j', (method) => {
    expect(request(method, '/', host, own)).toBe('405 method')
  })
})

describe('The Origin of a request', () => {
  it.each([
    'http://evil.test',
    'null',
    'http://127.0.0.1:8787',
    'https://127.0.0.1:8786',
    'http://localhost:8786',
    'http://127.0.0.1:8786.evil.test',
    'http://127.0.0.1:8786/',
    'HTTP://127.0.0.1:8786',
    'http://127.0.0.1:8786 http://evil.test',
    '',
  ])('is refused when it is %j, to read, to write and to open a socket', (foreign) => {
    expect(request('GET', '/', host, ['Origin', foreign])).toBe('403 origin')
    expect(request('POST', '/session', host, ['Origin', foreign])).toBe('403 origin')
    expect(upgrade('GET', '/rpc', host, ['Origin', foreign])).toBe('403 origin')
  })

  it('is refused when it comes twice', () => {
    expect(request('POST', '/session', host, own, own)).toBe('403 origin')
  })

  it('is required of a socket, which a browser lets any page open', () => {
    expect(upgrade('GET', '/rpc', host)).toBe('403 origin')
    expect(upgrade('GET', '/rpc', host, own)).toBe('passed')
  })
})

describe('Sec-Fetch-Site', () => {
  it('may be missing, be our own page, or be no page when reading', () => {
    expect(request('GET', '/', host, ['Sec-Fetch-Site', 'same-origin'])).toBe('passed')
    expect(request('GET', '/', host, ['Sec-Fetch-Site', 'none'])).toBe('passed')
  })

  it.each(['cross-site', 'same-site', '', 'same-origin, none'])('is refused when it is %j', (site) => {
    expect(request('GET', '/', host, ['Sec-Fetch-Site', site])).toBe('403 fetch-site')
    expect(request('POST', '/session', host, own, ['Sec-Fetch-Site', site])).toBe('403 fetch-site')
    expect(upgrade('GET', '/rpc', host, own, ['Sec-Fetch-Site', site])).toBe('403 fetch-site')
  })

  it('is refused when one of two values is foreign', () => {
    const both = ['Sec-Fetch-Site', 'same-origin', 'Sec-Fetch-Site', 'cross-site']
    expect(request('GET', '/', host, both)).toBe('403 fetch-site')
  })

  it('is never none when a page writes', () => {
    expect(request('POST', '/session', host, own, ['Sec-Fetch-Site', 'none'])).toBe('403 fetch-site')
  })
})

it('leaves the port out of the address where browsers do', () => {
  expect(originOf(80)).toBe('http://127.0.0.1')
  expect(originOf(8786)).toBe(origin)
})
