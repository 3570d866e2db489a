import type { MessageBoxOptions } from 'electron'
import { expect, it } from 'vitest'
import { offerExternal, type ExternalLinks } from '../../../electron/host/electron/external.ts'

function desktop(answer: number, locale = 'en-GB') {
  const asked: MessageBoxOptions[] = []
  const opened: string[] = []
  const links: ExternalLinks = {
    locale,
    dialog: {
      showMessageBox: async (options: unknown) => {
        asked.push(options as MessageBoxOptions)
        return { response: answer, checkboxChecked: false }
      },
    },
    shell: { openExternal: async (url) => void opened.push(url) },
  }
  return { asked, opened, links }
}

const url = new URL('https://platform.example/keys')

it('opens an address when the person who has seen its host agrees', async () => {
  const { asked, opened, links } = desktop(0)
  expect(await offerExternal(url, links)).toBe(true)
  expect(asked[0]?.detail).toContain('platform.example')
  expect(opened).toEqual([url.href])
})

it('opens nothing when the person cancels, which is what Enter and Escape do', async () => {
  const { asked, opened, links } = desktop(1)
  expect(await offerExternal(url, links)).toBe(false)
  expect(asked[0]).toMatchObject({ defaultId: 1, cancelId: 1 })
  expect(opened).toEqual([])
})

it('asks in Chinese where the system speaks Chinese', async () => {
  const { asked, links } = desktop(1, 'zh-CN')
  await offerExternal(url, links)
  expect(asked[0]?.buttons).toEqual(['打开', '取消'])
})
