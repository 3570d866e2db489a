// A passphrase is typed without an echo, or read from a file that only its owner can read; it is never an argument or
// a variable, which other programs can see.
import { readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable, type Readable } from 'node:stream'
import { exitCodes, Refused } from './refused.ts'

const maxFileBytes = 4096

/** The first line of the file, without the byte order mark that Windows puts before it. */
export async function readPassphraseFile(path: string, platform: NodeJS.Platform): Promise<string> {
  const about = await stat(path).catch(() => null)
  if (!about?.isFile() || about.size > maxFileBytes) {
    throw new Refused(`KEYWHEEL_PASSPHRASE_FILE names no readable file: ${path}`, exitCodes.notOpened)
  }
  if (platform !== 'win32' && (about.mode & 0o077) !== 0) {
    throw new Refused(`Other users can read ${path}. Run chmod 600 on it, and try again.`, exitCodes.notOpened)
  }
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Refused(`This user cannot read ${path}.`, exitCodes.notOpened)
  })
  return text.replace(/^\uFEFF/, '').replace(/\r?\n[^]*$/, '')
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

/** Asks at the terminal. Null when the person leaves (Ctrl-C, Ctrl-D). */
export function askPassphrase(
  input: Readable,
  prompt: (text: string) => void,
  question: string,
): Promise<string | null> {
  return new Promise((resolve) => {
    // What is typed goes to an output that shows nothing, and into no history.
    const line = createInterface({ input, output: nowhere(), terminal: true, historySize: 0 })
    let answer: string | null = null
    line.on('line', (typed) => {
      answer = typed
      line.close()
    })
    line.on('SIGINT', () => line.close())
    line.on('close', () => {
      prompt('\n')
      resolve(answer)
    })
    prompt(question)
  })
}
