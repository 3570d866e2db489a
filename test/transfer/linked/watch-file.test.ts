import { describe, expect, it } from 'vitest'
import { watchFile } from '../../../electron/transfer/linked/watch-file.ts'

function aWatcher() {
  const open: string[] = []
  const opened: string[] = []
  const watch = (folder: string) => {
    open.push(folder)
    opened.push(folder)
    return () => void open.splice(open.indexOf(folder), 1)
  }
  return { open, opened, file: watchFile(watch, '/project/.env', () => {}) }
}

describe('the watch over a file', () => {
  it('is over its folder alone, and only once', () => {
    const { open, file } = aWatcher()
    file.follow('/project/.env')
    expect(open).toEqual(['/project'])
  })

  it('is also over the folder that a symlink leads to, as long as it does', () => {
    const { open, file } = aWatcher()
    file.follow('/dotfiles/env')
    expect(open).toEqual(['/project', '/dotfiles'])
    file.follow('/elsewhere/env')
    expect(open).toEqual(['/project', '/elsewhere'])
    file.end()
    expect(open).toEqual([])
  })

  it('begins anew when the file has gone, because its folder may have gone with it', () => {
    const { open, opened, file } = aWatcher()
    file.follow(null)
    expect(opened).toEqual(['/project', '/project'])
    expect(open).toEqual(['/project'])
  })
})
