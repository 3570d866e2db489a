import { EventEmitter } from 'node:events'
import type { Session } from 'electron'
import { describe, expect, it } from 'vitest'
import { closeToTray } from '../../../electron/host/electron/close-to-tray.ts'
import { concealment, createConcealedClipboard } from '../../../electron/host/electron/concealed-clipboard.ts'
import { walledSchemes, wallOffNetwork } from '../../../electron/host/electron/network-wall.ts'
import { bringBackPage } from '../../../electron/host/electron/page-gone.ts'
import { ClipboardItem } from '../../support/electron-stand-in/clipboard.ts'
import { FakeClock } from '../../support/fake-clock.ts'

describe('closing the window', () => {
  function aWindow(livesInTray: boolean) {
    const window = Object.assign(new EventEmitter(), { hidden: 0, hide: () => void (window.hidden += 1) })
    const app = new EventEmitter()
    closeToTray(window, app, () => livesInTray)
    const isKept = () => {
      let prevented = false
      window.emit('close', { preventDefault: () => void (prevented = true) })
      return prevented
    }
    return { window, app, isKept }
  }

  it('closes it, unless the application lives in the tray', () => {
    const { window, isKept } = aWindow(false)
    expect([isKept(), window.hidden]).toEqual([false, 0])
  })

  it('hides it while the application lives in the tray, until the application itself ends', () => {
    const { window, app, isKept } = aWindow(true)
    expect([isKept(), window.hidden]).toEqual([true, 1])
    app.emit('before-quit')
    expect([isKept(), window.hidden]).toEqual([false, 1])
  })
})

describe('a page whose process died', () => {
  function aPage() {
    const clock = new FakeClock()
    const seen: string[] = []
    const page = Object.assign(new EventEmitter(), { reload: () => void seen.push('reload') })
    bringBackPage(page, { clock, onGone: () => seen.push('lock'), giveUp: () => seen.push('give up') })
    return { clock, seen, die: (reason = 'crashed') => page.emit('render-process-gone', {}, { reason }) }
  }

  it('comes back, after the interface was locked', () => {
    const { seen, die } = aPage()
    die()
    expect(seen).toEqual(['lock', 'reload'])
  })

  it('is given up when it dies a fourth time within a minute', async () => {
    const { clock, seen, die } = aPage()
    for (let time = 0; time < 4; time += 1) die('oom')
    expect(seen.filter((what) => what !== 'lock')).toEqual(['reload', 'reload', 'reload', 'give up'])
    await clock.advance(60_000)
    die()
    expect(seen.at(-1)).toBe('reload')
  })

  it('that ended as it should is left alone', () => {
    const { seen, die } = aPage()
    die('clean-exit')
    expect(seen).toEqual([])
  })
})

describe('what main puts on the clipboard', () => {
  it.each([
    ['darwin', ['org.nspasteboard.ConcealedType']],
    [
      'win32',
      ['ExcludeClipboardContentFromMonitorProcessing', 'CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard'],
    ],
    ['linux', ['x-kde-passwordManagerHint']],
  ] as const)('asks the histories of %s to leave it out', (platform, formats) => {
    const wanted = formats.map((format) => `electron application/osclipboard;format="${format}"`)
    expect(Object.keys(concealment(platform))).toEqual(wanted)
  })

  it('is one item, text and hints together', async () => {
    const written: ClipboardItem[] = []
    const clipboard = createConcealedClipboard(
      {
        readText: async () => 'held',
        write: async (items) => void written.push(...(items as unknown as ClipboardItem[])),
        clear: () => {},
      },
      ClipboardItem as never,
      'linux',
    )
    await clipboard.write('a text')
    expect(written.length).toBe(1)
    expect(written[0]?.contents['text/plain']).toBe('a text')
    expect(Object.values(written[0]?.contents ?? {})).toContain('secret')
    expect(await clipboard.read()).toBe('held')
  })
})

it("keeps the window's session off every network", () => {
  const filters: string[] = []
  const answers: unknown[] = []
  const onBeforeRequest = ((
    filter: { urls: string[] },
    ask: (details: object, answer: (response: object) => void) => void,
  ) => {
    filters.push(...filter.urls)
    ask({ url: 'https://example.com/' }, (response) => answers.push(response))
  }) as unknown as Session['webRequest']['onBeforeRequest']
  wallOffNetwork({ webRequest: { onBeforeRequest } })
  expect(answers).toEqual([{ cancel: true }])
  expect(filters).toEqual([...walledSchemes.map((scheme) => `${scheme}://*/*`), 'file:///*'])
})
