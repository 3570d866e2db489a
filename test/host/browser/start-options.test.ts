import { describe, expect, it } from 'vitest'
import { browserCommand } from '../../../electron/host/browser/open-browser.ts'
import { parseStartOptions } from '../../../electron/host/browser/start-options.ts'
import { systemLocale } from '../../../electron/host/browser/system-locale.ts'

describe('The options of a start', () => {
  it('are the fixed port and the system’s browser when nothing is said', () => {
    expect(parseStartOptions([], {})).toEqual({ kind: 'options', options: { port: 8786, open: true, json: false } })
  })

  it.each<[string[], object]>([
    [['--no-open'], { open: false }],
    [['--browser'], { open: true }],
    [['--browser', '--no-open'], { open: false }],
    [['--print-ready-json'], { open: false, json: true }],
  ])('%j', (args, options) => {
    expect(parseStartOptions(args, {})).toMatchObject({ options })
  })

  it.each([['--no-opne'], ['--port=1'], ['file.env'], ['--no-open=yes']])(
    'that are not known, such as %s, are a mistake and not passed over',
    (arg) => {
      expect(parseStartOptions([arg], {}).kind).toBe('mistake')
    },
  )

  it.each([
    ['9000', 9000],
    ['0', 0],
    ['65535', 65_535],
    ['', 8786],
  ])('take KEYWHEEL_PORT=%s as %i', (given, port) => {
    expect(parseStartOptions([], { KEYWHEEL_PORT: given })).toMatchObject({ options: { port } })
  })

  it.each(['65536', '-1', '8786x', ' 1', '1e3', '0x10', '127.0.0.1:80', '99999999'])(
    'refuse KEYWHEEL_PORT=%s instead of choosing another port',
    (given) => {
      expect(parseStartOptions([], { KEYWHEEL_PORT: given }).kind).toBe('mistake')
    },
  )
})

describe('The language of the terminal', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh-CN'],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'zh_CN' }, 'zh-CN'],
    [{ LANG: 'de' }, 'de'],
    [{ LANG: 'sr_RS@latin' }, 'sr-RS'],
    [{ LANG: 'C.UTF-8' }, 'en-GB'],
    [{ LANG: 'POSIX' }, 'en-GB'],
    [{ LANG: '../../etc' }, 'en-GB'],
    [{}, 'en-GB'],
  ])('is read from %j as %s', (env, tag) => {
    expect(systemLocale(env, 'en-GB')).toBe(tag)
  })
})

describe('The system’s browser', () => {
  it('is opened where there is somebody to see it', () => {
    expect(browserCommand({ platform: 'darwin', env: {} })).toEqual(['open'])
    expect(browserCommand({ platform: 'win32', env: {} })).toContain('url.dll,FileProtocolHandler')
    expect(browserCommand({ platform: 'linux', env: { DISPLAY: ':0' } })).toEqual(['xdg-open'])
    expect(browserCommand({ platform: 'linux', env: {} })).toBeNull()
  })
})
