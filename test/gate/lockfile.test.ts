import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
      integrity: z.string().optional(),
      resolved: z.string().optional(),
    }),
  ),
})

describe('The lockfile', () => {
  const { packages } = Lockfile.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package-lock.json'), 'utf8')),
  )
  const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 13)))

  it('names the packages of every system, because npm ci refuses one that does not', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !locked.has(name))
        .map((name) => `${name}, wanted by ${path || 'us'}`),
    )
    expect(missing).toEqual([])
  })

  it('pins what each package holds, and takes none from elsewhere than the registry', () => {
    const loose = Object.entries(packages).filter(
      ([path, { integrity, resolved }]) =>
        path !== '' &&
        (!integrity?.startsWith('sha512-') || (resolved && !resolved.startsWith('https://registry.npmjs.org/'))),
    )
    expect(loose.map(([path]) => path)).toEqual([])
  })
})
