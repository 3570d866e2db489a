import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

const Package = z.object({
  files: z.array(z.string()),
  exports: z.record(z.string(), z.record(z.string(), z.string())),
  scripts: z.record(z.string(), z.string()),
})

describe('The package', () => {
  const { files, exports, scripts } = Package.parse(
    JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')),
  )

  it('carries every file that it exports, although git ignores them', () => {
    const targets = Object.values(exports).flatMap((conditions) => Object.values(conditions))
    expect(targets.length).toBeGreaterThan(0)
    expect(targets.filter((target) => !files.some((name) => target.startsWith(`./${name}/`)))).toEqual([])
  })

  it('is built before it is packed', () => {
    expect(scripts['prepack']).toBe('npm run build')
  })
})
