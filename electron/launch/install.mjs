/**
 * `node electron/launch/install.mjs PROGRAM …` installs what is missing or stale and then runs the program. It starts on
 * whatever Node there is and before anything is installed: plain JavaScript, no dependency, no syntax that Node 14 does
 * not know. (npm's own `prestart` would not do: the project turns install scripts off, and that turns it off as well.)
 * The program runs on Node 24 where the lockfile provides one, else on this Node.
 */
import { spawn, spawnSync } from 'child_process'
import { createHash } from 'crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { delimiter, dirname, join, resolve } from 'path'
import { fileURLToPath, pathToFileURL } from 'url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const modules = join(root, 'node_modules')
const stampPath = join(modules, '.keywheel-install')
const electronNotePath = join(modules, '.keywheel-electron.json')
const electronWaitMs = Number(process.env['KEYWHEEL_ELECTRON_WAIT_MS'] || 10000)

/** The gateway alone is for servers, which have no use for Electron. */
const isWithoutWindow = /[\\/]gateway\.ts$/.test(process.argv[2] || '')

const bringsItsNode = process.platform === 'linux' && process.arch === 'x64'
const needed = [22, 19]
const wanted = [24, 0]
const neededToInstall = bringsItsNode ? [20, 0] : needed

/** The person reads this and nothing else: no stack. */
function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

function isAtLeast(version, [major, minor]) {
  const [ownMajor, ownMinor] = version.replace(/^v/, '').split('.').map(Number)
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // Missing and damaged are the same here: what it would have told is found out again.
    return undefined
  }
}

/** Whether what npm recorded as installed is what the lockfile asks for. */
function matchesLockfile(lock, installed) {
  if (!lock || !installed || !installed.packages) return false
  return Object.entries(lock.packages).every(([path, wanted]) => {
    const found = installed.packages[path]
    return path === '' || (found ? found.version === wanted.version : wanted.optional === true)
  })
}

function installPackages() {
  const lockPath = join(root, 'package-lock.json')
  const lockHash = createHash('sha256').update(readFileSync(lockPath)).digest('hex')
  const stamp = existsSync(stampPath) ? readFileSync(stampPath, 'utf8') : ''
  if (stamp === lockHash && existsSync(join(modules, '.package-lock.json'))) return
  if (!matchesLockfile(readJson(lockPath), readJson(join(modules, '.package-lock.json')))) runNpmCi()
  writeFileSync(stampPath, lockHash)
}

function runNpmCi() {
  console.log('Installing what Keywheel needs (npm ci); the first time this takes a minute or two.')
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  const npmCli = process.env['npm_execpath']
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
  const result =
    npmCli && /\.[cm]?js$/.test(npmCli)
      ? spawnSync(process.execPath, [npmCli, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
  if (result.status === 0) return
  process.stderr.write((result.stderr || '').split('\n').slice(0, 12).join('\n'))
  stop('npm could not install the packages (see above). Check the network or the registry, and run the command again.')
}

/** The Node that the packages bring, when it runs on this machine; one that does not must not be found in the PATH. */
function findBundledNode() {
  const bundled = join(modules, '.bin', 'node')
  if (!existsSync(bundled)) return undefined
  const { status, stdout } = spawnSync(bundled, ['--version'], { encoding: 'utf8' })
  if (status === 0 && isAtLeast(stdout.trim(), needed)) return bundled
  rmSync(bundled, { force: true })
  return undefined
}

function electronFolder() {
  return join(modules, 'electron')
}

function isElectronPresent() {
  try {
    return existsSync(join(electronFolder(), 'dist', readFileSync(join(electronFolder(), 'path.txt'), 'utf8')))
  } catch {
    // No path.txt: it was never unpacked.
    return false
  }
}

/** Fetches Electron's binary once for each version; that it could not be had is remembered, too. */
async function fetchElectronOnce() {
  const { version } = readJson(join(electronFolder(), 'package.json')) || {}
  if (!version || process.env['ELECTRON_OVERRIDE_DIST_PATH'] || isElectronPresent()) return
  const note = readJson(electronNotePath)
  if (note && note.version === version) return
  console.log(`Looking for Electron's binary, for at most ${Math.ceil(electronWaitMs / 1000)} s.`)
  const outcome = await runFor(electronWaitMs, join(electronFolder(), 'install.js'))
  writeFileSync(electronNotePath, JSON.stringify({ version, outcome: isElectronPresent() ? 'present' : outcome }))
}

/** Runs a script in a process group of its own, so that when its time is up nothing that it started stays behind. */
function runFor(limitMs, script) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { cwd: root, detached: true, stdio: 'ignore' })
    const endAll = () => {
      try {
        if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F'])
        else process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It ended in the same moment.
      }
    }
    const interrupt = () => {
      endAll()
      process.exit(130)
    }
    const timer = setTimeout(() => {
      endAll()
      finish('too-slow')
    }, limitMs)
    const finish = (outcome) => {
      clearTimeout(timer)
      process.removeListener('SIGINT', interrupt)
      process.removeListener('SIGTERM', interrupt)
      resolve(outcome)
    }
    process.on('SIGINT', interrupt)
    process.on('SIGTERM', interrupt)
    child.on('error', () => finish('failed'))
    child.on('exit', (code) => finish(code === 0 ? 'present' : 'failed'))
  })
}

/** In this very process when its Node is the right one, else in one that gets its signals and gives its exit code. */
async function runProgram(bundledNode, [program, ...args]) {
  process.env['PATH'] = join(modules, '.bin') + delimiter + process.env['PATH']
  if (!bundledNode || isAtLeast(process.version, wanted)) {
    process.argv = [process.execPath, resolve(program), ...args]
    await import(pathToFileURL(resolve(program)).href)
    return
  }
  const child = spawn(bundledNode, [program, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // The terminal sends Ctrl-C to both; only the program decides when it is over.
  process.on('SIGINT', () => undefined)
  child.on('exit', (code) => process.exit(code === null ? 130 : code))
}

async function main() {
  if (!isAtLeast(process.version, neededToInstall)) {
    stop(`Keywheel needs Node ${neededToInstall.join('.')} or newer here, and this is ${process.version}.`)
  }
  installPackages()
  const bundledNode = findBundledNode()
  if (!bundledNode && !isAtLeast(process.version, needed)) {
    stop(`Keywheel needs Node ${needed.join('.')} or newer here, and this is ${process.version}.`)
  }
  if (!isWithoutWindow) await fetchElectronOnce()
  return bundledNode
}

void main()
  .catch((error) => stop(`Installing failed (${error.code || error.name}).`))
  .then((bundledNode) => process.argv.length > 2 && runProgram(bundledNode, process.argv.slice(2)))
