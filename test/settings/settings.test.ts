import { describe, expect, it } from 'vitest'
import { createSettings } from '../../electron/settings/settings.ts'
import { defaultSettings } from '../../shared/settings.ts'

const over = (kept: Record<string, unknown>) =>
  createSettings({ get: (name) => kept[name], set: (name, value) => void (kept[name] = value) })

describe('the settings', () => {
  it('have defaults', () => {
    expect(over({}).get()).toEqual(defaultSettings)
  })

  it('keep what is set and leave the rest', () => {
    const settings = over({ theme: 'dark' })
    expect(settings.set({ language: 'zh-CN' })).toEqual({ ...defaultSettings, theme: 'dark', language: 'zh-CN' })
  })

  it.each([['purple'], [null], [7], [{}]])('fall back to the default for %j in a file edited by hand', (theme) => {
    expect(over({ theme, language: 'en' }).get()).toEqual({ ...defaultSettings, language: 'en' })
  })

  it('hold while a full disk keeps nothing, and are kept as soon as it does', () => {
    const kept: Record<string, unknown> = { theme: 'light' }
    let isFull = true
    const settings = createSettings({
      get: (name) => kept[name],
      set(name, value) {
        if (isFull) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
        kept[name] = value
      },
    })
    expect(settings.set({ theme: 'dark' }).theme).toBe('dark')
    expect(kept['theme']).toBe('light')
    isFull = false
    settings.set({ theme: 'dark' })
    expect(kept['theme']).toBe('dark')
    expect(settings.get().theme).toBe('dark')
  })
})
