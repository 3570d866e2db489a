import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goesDirect } from '../../electron/network/direct-hosts.ts'

describe('without the proxy', () => {
  it.each([
    'http://127.0.0.1:11434',
    'http://127.9.9.9',
    'http://[::1]:8080',
    'http://localhost:1',
    'http://a.localhost',
  ])('this machine is always reached: %s', (origin) => expect(goesDirect(origin, [])).toBe(true))

  it.each([
    ['https://example.com', 'example.com', true],
    ['https://api.example.com', 'example.com', true],
    ['https://api.example.com', '.example.com', true],
    ['https://api.example.com', '*.example.com', true],
    ['https://api.example.com', ' EXAMPLE.com ', true],
    ['https://notexample.com', 'example.com', false],
    ['https://example.com.evil.example', 'example.com', false],
    ['https://example.com:8443', 'example.com:8443', true],
    ['https://example.com', 'example.com:443', true],
    ['http://example.com', 'example.com:443', false],
    ['https://anything.example', '*', true],
    ['https://anything.example', '', false],
    ['https://anything.example', '.', false],
    ['http://10.1.2.3', '10.0.0.0/8', true],
    ['http://11.1.2.3', '10.0.0.0/8', false],
    ['http://10.1.2.3', '10.1.2.3', true],
    ['http://10.1.2.3:81', '10.1.2.3:80', false],
    ['http://10.1.2.3', '2.3', false],
    ['http://10.1.2.3', '10.0.0.0/99', false],
    ['http://[fd00::1]', 'fd00::/8', true],
    ['http://[fd00::1]:8080', '[fd00::1]:8080', true],
    ['http://[fd00::1]', 'fd00::1', true],
    ['https://ten.example', '10.0.0.0/8', false],
  ])('%s with %j: %s', (origin, entry, direct) => expect(goesDirect(origin, [entry])).toBe(direct))

  it('a name stands for itself and what is below it, and for nothing else', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
    const name = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'))
    fc.assert(
      fc.property(name, name, (host, entry) => {
        fc.pre(!host.endsWith('localhost'))
        const isBelow = host === entry || host.endsWith(`.${entry}`)
        for (const form of [entry, `.${entry}`, `*.${entry}`])
          expect(goesDirect(`https://${host}`, [form])).toBe(isBelow)
      }),
    )
  })

  it('whatever is written there, it is answered and never thrown', () => {
    fc.assert(
      fc.property(fc.string(), (entry) => {
        expect(typeof goesDirect('https://api.example.com', [entry])).toBe('boolean')
      }),
    )
  })
})
