import { describe, expect, it } from 'vitest'
import { providePrerequisites } from './prerequisites.ts'

/** A machine on which apt-get brings only what its archive has. */
function aMachine({ installed = [] as string[], archive = [] as string[], isRoot = true }) {
  const there = new Set(installed)
  const calls: string[] = []
  const wanted = ['chromium', 'fonts'].map((name) => ({ package: name, isThere: async () => there.has(name) }))
  const provide = () =>
    providePrerequisites(wanted, {
      isRoot,
      say: () => undefined,
      async apt(args) {
        calls.push(args.join(' '))
        for (const name of archive) if (args.includes(name)) there.add(name)
        return true
      },
    })
  return { provide, calls }
}

describe('What the tests need of the system', () => {
  it('is not asked for when it is there', async () => {
    const { provide, calls } = aMachine({ installed: ['chromium', 'fonts'] })
    expect(await provide()).toBeNull()
    expect(calls).toEqual([])
  })

  it('is installed for root, and only what is missing', async () => {
    const { provide, calls } = aMachine({ installed: ['fonts'], archive: ['chromium'] })
    expect(await provide()).toBeNull()
    expect(calls).toEqual(['update', 'install -y --no-install-recommends chromium'])
  })

  it('is left to anyone else in one command', async () => {
    const { provide, calls } = aMachine({ isRoot: false })
    expect(await provide()).toBe('The tests need chromium, fonts. Run: sudo apt-get install -y chromium fonts')
    expect(calls).toEqual([])
  })

  it('is not believed to be there because apt-get was run', async () => {
    const { provide } = aMachine({ archive: ['chromium'] })
    expect(await provide()).toContain('Run: sudo apt-get install -y fonts')
  })
})
