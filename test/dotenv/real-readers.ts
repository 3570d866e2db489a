// The programs themselves, each asked about many files in one process. A text never reaches a shell's command line.
import { execFileSync, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { parseEnv } from 'node:util'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const npmDotenv = createRequire(import.meta.url)('dotenv') as { parse(text: string): Record<string, string> }

/** What one file sets; null is a bare name. */
export type Settings = Record<string, string | null>

const pythonScript = `
import io, json, sys, logging
logging.disable(logging.CRITICAL)
from dotenv import dotenv_values
def read(text, interpolate):
    stream = io.TextIOWrapper(io.BytesIO(text.encode('utf-8')), encoding='utf-8')
    return list(dotenv_values(stream=stream, interpolate=interpolate).items())
request = json.load(sys.stdin)
json.dump([read(text, request['interpolate']) for text in request['texts']], sys.stdout)
`

function hasDotenv(python: string): boolean {
  return spawnSync(python, ['-c', 'import dotenv'], { stdio: 'ignore' }).status === 0
}

/** Debian's own Python first (python3-dotenv), then the one on the path. */
export const pythons = ['/usr/bin/python3', 'python3'].filter(hasDotenv)
export const noPython = 'python3-dotenv is not installed: apt-get install -y python3-dotenv'

export function readWithPython(python: string, texts: readonly string[], interpolate = false): Settings[] {
  const input = JSON.stringify({ texts, interpolate })
  const output = execFileSync(python, ['-c', pythonScript], { input, maxBuffer: 1 << 28, env: {} })
  const files = JSON.parse(output.toString()) as [string, string | null][][]
  return files.map((pairs) => Object.fromEntries(pairs))
}

export function readWithNode(text: string): Settings {
  return { ...parseEnv(text) } as Settings
}

export function readWithNpmDotenv(text: string): Settings {
  return npmDotenv.parse(text)
}

export const hasBash = spawnSync('bash', ['-c', 'true']).status === 0
export const noBash = 'bash is not installed'

/** Each file sourced in a subshell that can run nothing: PATH is empty and redirection is off (`-r`). */
const bashScript = `
names="$1"; shift
PATH=
for ((file = 0; file < $1; file++)); do
  (
    readonly file names
    . "./$file.env" </dev/null >/dev/null 2>&1
    for name in $names; do
      if [[ -v $name ]]; then printf '%s=%s\\0' "$name" "\${!name}"; fi
    done
  )
  printf '\\1\\0'
done
`

export function readWithBash(texts: readonly string[], names: readonly string[]): Settings[] {
  const folder = mkdtempSync(join(tmpdir(), 'keywheel-bash-'))
  try {
    texts.forEach((text, index) => {
      writeFileSync(join(folder, `${index}.env`), text)
    })
    const args = ['--noprofile', '--norc', '-c', bashScript, 'bash', names.join(' '), String(texts.length)]
    const output = execFileSync('bash', args, {
      cwd: folder,
      maxBuffer: 1 << 28,
      env: {},
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const files = output.toString().split('\u0001\0').slice(0, -1)
    return files.map((file) => Object.fromEntries(file.split('\0').slice(0, -1).map(splitPair)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function splitPair(pair: string): [string, string] {
  const sign = pair.indexOf('=')
  return [pair.slice(0, sign), pair.slice(sign + 1)]
}
