import { validateHeaderName, validateHeaderValue } from 'node:http'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeaderName, HeaderRows, HeaderValue, isFreeHeaderName } from '../../shared/model-headers.ts'

interface Parsed {
  success: boolean
  error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } | undefined
}

/** The first thing that is wrong, and where. */
const wrongWith = ({ error }: Parsed) => {
  const [issue] = error?.issues ?? []
  return issue === undefined ? null : [...issue.path, issue.message].join(' ')
}
const refusalOf = (name: string) => wrongWith(HeaderName.safeParse(name))
const valueRefusal = (value: string) => wrongWith(HeaderValue.safeParse(value))

const throws = (work: () => void): boolean => {
  try {
    work()
    return false
  } catch {
    return true
  }
}

/** In upper case, lower case and every mixture. */
const inAnyCase = (name: string) =>
  fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map((upper) => Array.from(name, (one, at) => (upper[at] ? one.toUpperCase() : one)).join(''))

describe('the name of a header', () => {
  it('is refused where it would show a key or a session, whatever its case', () => {
    const names = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key', 'cookie', 'cookie2', 'set-cookie']
    fc.assert(
      fc.property(fc.constantFrom(...names).chain(inAnyCase), (name) => {
        expect(refusalOf(name)).toBe('header_name_key')
      }),
    )
  })

  it('is refused where it is a part of the request or of the connection', () => {
    const names =
      'host content-length content-type content-encoding accept accept-encoding expect connection keep-alive te ' +
      'trailer transfer-encoding upgrade http2-settings proxy-authorization proxy-connection sec-fetch-site sec- ' +
      'x-keywheel-key x-keywheel-anything'
    fc.assert(
      fc.property(fc.constantFrom(...names.split(' ')).chain(inAnyCase), (name) => {
        expect(refusalOf(name)).toBe('header_name_reserved')
        expect(isFreeHeaderName(name)).toBe(false)
      }),
    )
  })

  it.each([
    ['', 'header_name_empty'],
    [' ', 'header_name_empty'],
    ['X-Title:', 'header_name_characters'],
    ['X Title', 'header_name_characters'],
    ['X-Title\r\nX-Other', 'header_name_characters'],
    ['X-Tïtle', 'header_name_characters'],
    ['標題', 'header_name_characters'],
    ['x\u0000', 'header_name_characters'],
    ['x'.repeat(129), 'header_name_too_long'],
  ])('cannot be %j', (name, code) => {
    expect(refusalOf(name)).toBe(code)
  })

  it.each(['HTTP-Referer', 'X-Title', 'OpenAI-Organization', 'Ocp-Apim-Subscription-Key', 'anthropic-beta', 'X_1!~'])(
    'may be %s',
    (name) => {
      expect(refusalOf(name)).toBeNull()
      expect(isFreeHeaderName(name)).toBe(true)
    },
  )

  it('that is taken can be sent: Node refuses none of them', () => {
    const refused = (name: string) => {
      const parsed = HeaderName.safeParse(name)
      return parsed.success && throws(() => validateHeaderName(parsed.data))
    }
    const names = fc.sample(fc.string({ unit: 'binary', maxLength: 40 }), 2_000)
    expect(names.filter(refused)).toEqual([])
  })
})

describe('the value of a header', () => {
  it.each([
    ['', 'header_value_empty'],
    [' \t', 'header_value_empty'],
    ['one\r\nX-Injected: two', 'header_value_characters'],
    ['one\n', 'header_value_characters'],
    ['\rone', 'header_value_characters'],
    ['o\u0000ne', 'header_value_characters'],
    ['o\u007fne', 'header_value_characters'],
    ['o\u001bne', 'header_value_characters'],
    ['標題', 'header_value_characters'],
    ['“quoted”', 'header_value_characters'],
    ['x'.repeat(4097), 'header_value_too_long'],
  ])('cannot be %j', (value, code) => {
    expect(valueRefusal(value)).toBe(code)
  })

  it('is taken without the spaces around it, as whoever receives it would read it', () => {
    expect(HeaderValue.parse(' \tMy App, Zürich ')).toBe('My App, Zürich')
  })

  it('that is taken is one line that Node sends as it is', () => {
    const split = (value: string) => {
      const parsed = HeaderValue.safeParse(value)
      if (!parsed.success) return false
      const isLatin1 = Buffer.from(parsed.data, 'latin1').toString('latin1') === parsed.data
      return /[\r\n]/.test(parsed.data) || !isLatin1 || throws(() => validateHeaderValue('x-title', parsed.data))
    }
    const values = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), 2_000)
    expect(values.filter(split)).toEqual([])
  })
})

describe('the headers of a model', () => {
  const row = (name: string, value?: string) => ({ id: null, name, ...(value === undefined ? {} : { value }) })

  it('have each name once, whatever its case: the second row says so', () => {
    const rows = [row('X-Title', 'a'), row('X-Other', 'b'), row('x-TITLE', 'c')]
    expect(wrongWith(HeaderRows.safeParse(rows))).toBe('2 name header_name_twice')
  })

  it('have a value each, unless it is kept already', () => {
    expect(wrongWith(HeaderRows.safeParse([row('X-Title')]))).toBe('0 value header_value_empty')
    expect(wrongWith(HeaderRows.safeParse([{ id: 'header-1', name: 'X-Title' }]))).toBeNull()
  })

  it('are 32 at most', () => {
    const rows = (count: number) => Array.from({ length: count }, (_, at) => row(`X-${at}`, 'a'))
    expect(wrongWith(HeaderRows.safeParse(rows(32)))).toBeNull()
    expect(wrongWith(HeaderRows.safeParse(rows(33)))).toBe('headers_limit')
  })
})
