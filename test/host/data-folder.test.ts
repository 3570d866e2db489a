import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findFolders, preparePrivateFolder, type Machine } from '../../electron/host/data-folder.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const machine = (env: Machine['env'] = {}, platform: NodeJS.Platform = 'linux'): Machine => ({
  platform,
  env,
  homeFolder: '/home/ann',
})

describe('The folders', () => {
  it.each<[string, Machine, string, string]>([
    ['Linux', machine(), '/home/ann/.local/share/keywheel', '/home/ann/.config/keywheel/keys'],
    [
      'Linux with XDG folders',
      machine({ XDG_DATA_HOME: '/xdg/data', XDG_CONFIG_HOME: '/xdg/config' }),
      '/xdg/data/keywheel',
      '/xdg/config/keywheel/keys',
    ],
    [
      'Linux with XDG folders that are relative, and so do not count',
      machine({ XDG_DATA_HOME: 'data', XDG_CONFIG_HOME: '' }),
      '/home/ann/.local/share/keywheel',
      '/home/ann/.config/keywheel/keys',
    ],
    [
      'macOS',
      machine({ XDG_DATA_HOME: '/xdg' }, 'darwin'),
      '/home/ann/Library/Application Support/Keywheel',
      '/home/ann/Library/Keywheel Keys',
    ],
    ['a folder of one’s own choice', machine({ KEYWHEEL_DATA: '/tmp/kw/' }), '/tmp/kw', '/tmp/kw-keys'],
    [
      'a folder of one’s own choice for each',
      machine({ KEYWHEEL_DATA: '/tmp/kw', KEYWHEEL_KEY_FOLDER: '/safe/keys' }),
      '/tmp/kw',
      '/safe/keys',
    ],
  ])('on %s are the platform’s own, or those that were asked for', (_, given, data, keys) => {
    expect(findFolders(given)).toEqual({ data, keys })
  })

  it('on Windows are the roaming one for data and the local one for keys', () => {
    const env = { APPDATA: '/roaming', LOCALAPPDATA: '/local' }
    expect(findFolders(machine(env, 'win32'))).toEqual({
      data: join('/roaming', 'Keywheel'),
      keys: join('/local', 'Keywheel Keys'),
    })
  })

  it.each(['linux', 'darwin', 'win32'] as const)('on %s never have the keys inside the data', (platform) => {
    for (const env of [{}, { KEYWHEEL_DATA: '/tmp/kw' }, { KEYWHEEL_DATA: '/' + 'a/'.repeat(20) }]) {
      const { data, keys } = findFolders(machine(env, platform))
      expect(`${keys}/`.startsWith(`${data}/`)).toBe(false)
    }
  })
})

describe.skipIf(process.platform === 'win32')('A private folder', () => {
  it('is made for this user alone', async () => {
    const folder = join(temporaryFolder(), 'deep', 'data')
    await preparePrivateFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('is closed to others when it was open', async () => {
    const folder = join(temporaryFolder(), 'data')
    mkdirSync(folder, { mode: 0o755 })
    await preparePrivateFolder(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })
})
