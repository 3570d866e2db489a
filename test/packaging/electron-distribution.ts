import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import electronPackage from 'electron/package.json' with { type: 'json' }

/** Electron's mark before its fuses, which @electron/fuses looks for; then version, count, and a character a fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fusesAsShipped = '101111001'

/** A folder that looks like an unpacked Electron for Linux, for a machine that cannot have a real one. */
export function writeElectronDistribution(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  for (const name of ['en-US', 'zh-CN', 'de']) writeFileSync(join(folder, 'locales', `${name}.pak`), '')
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'icudtl.dat']) {
    writeFileSync(join(folder, name), '')
  }
  writeFileSync(join(folder, 'version'), electronPackage.version)
  const wire = Buffer.concat([
    Buffer.from(sentinel),
    Buffer.from([1, fusesAsShipped.length]),
    Buffer.from(fusesAsShipped),
  ])
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]))
  chmodSync(join(folder, 'electron'), 0o755)
}
