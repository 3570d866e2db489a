import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createSettingsFile } from '../../electron/host/settings-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('The settings', () => {
  it('are there again after a restart', () => {
    const folder = temporaryFolder()
    createSettingsFile(folder).set('theme', 'dark')
    expect(createSettingsFile(folder).get('theme')).toBe('dark')
  })

  it('take a name as it is, dots included', () => {
    const settings = createSettingsFile(temporaryFolder())
    settings.set('a.b', 1)
    expect(settings.get('a.b')).toBe(1)
    expect(settings.get('a')).toBeUndefined()
  })

  it.skipIf(process.platform === 'win32')('are readable for their owner alone', () => {
    const folder = temporaryFolder()
    createSettingsFile(folder).set('theme', 'dark')
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600)
  })

  it.each(['', '{"theme":', 'not json', '[]', 'null'])('start afresh when their file holds %j', (content) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'settings.json'), content)
    const settings = createSettingsFile(folder)
    expect(settings.get('theme')).toBeUndefined()
    settings.set('theme', 'light')
    expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toEqual({ theme: 'light' })
  })
})
