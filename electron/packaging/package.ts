/** `npm run package`: builds everything and packs it for this system; arguments go on to electron-builder. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { build } from '../launch/build.ts'
import { electronBinary } from '../launch/electron-program.ts'
import { wrongFuses } from './fuses.ts'
import { packedBinary } from './packed-binary.ts'

const root = join(import.meta.dirname, '..', '..')
const output = join(root, 'dist', 'packages')

const noBinary = `Electron's binary is not here and could not be downloaded, so there is nothing to pack the application into.
Any one of these provides it:
  ELECTRON_MIRROR=https://…/electron/ npm run package       a mirror that this machine reaches
  electron_config_cache=FOLDER npm run package              a folder that holds Electron's zip from another machine
  ELECTRON_OVERRIDE_DIST_PATH=FOLDER npm run package        Electron's zip, unpacked`

function end(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

/** The zip that npm's electron package unpacked is used again; a universal macOS application needs both of them anew. */
function electronArguments(): string[] {
  const binary = electronBinary(root, { platform: process.platform, env: process.env })
  if (existsSync(binary) && process.platform !== 'darwin') return [`--config.electronDist=${dirname(binary)}`]
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'])
    return [`--config.electronDist=${process.env['ELECTRON_OVERRIDE_DIST_PATH']}`]
  const mayBeFetched = process.env['ELECTRON_MIRROR'] || process.env['electron_config_cache'] || existsSync(binary)
  return mayBeFetched ? [] : end(noBinary)
}

/** Times inside the packages are the commit's, so that two builds of one commit can be compared. */
function commitTime(): Record<string, string> {
  const { status, stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  return status === 0 ? { SOURCE_DATE_EPOCH: stdout.trim() } : {}
}

/** What the application is made of, in CycloneDX's form: the page's libraries are bundled, so all of them are named. */
async function writeBillOfMaterials() {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  const { status, stdout } = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  })
  if (status !== 0) end('npm could not write the bill of materials (npm sbom).')
  await mkdir(output, { recursive: true })
  await writeFile(join(output, 'keywheel.cdx.json'), stdout)
}

async function checkFuses() {
  const binary = packedBinary(output, process.platform)
  if (!binary) return
  const wrong = await wrongFuses(binary)
  if (wrong.length > 0) end(`The packed binary has fuses that are not as wanted: ${wrong.join(', ')}.`)
  process.stdout.write('Fuses: all as wanted, read back from the packed binary.\n')
}

const electron = electronArguments()
const built = await build(root)
if (built.kind === 'failed') end(`${built.output}\nThe build failed, so nothing was packed.`)
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js')
const args = [builder, '--config', 'electron-builder.yml', '--publish', 'never', ...electron, ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, ...commitTime() },
})
if (status !== 0) end('electron-builder could not finish; what it says stands above.')
await checkFuses()
await writeBillOfMaterials()
process.stdout.write(`The packages and their bill of materials (keywheel.cdx.json) are in ${output}\n`)
