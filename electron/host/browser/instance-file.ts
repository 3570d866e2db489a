import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import * as z from 'zod'

/**
 * A second start finds the running instance by this file and proves by its token that it is the same user: only the
 * owner can read it. The token is new with every start, and opens nothing but a one-time code.
 */
export const Instance = z.object({
  pid: z.number().int().positive(),
  origin: z.string().regex(/^http:\/\/127\.0\.0\.1(:\d{1,5})?$/),
  controlToken: z.string().regex(/^[\w-]{20,128}$/),
})
export type Instance = z.infer<typeof Instance>

const Link = z.object({ link: z.string() })
const answerWithinMs = 3_000

const pathIn = (dataFolder: string) => join(dataFolder, 'browser-host.json')

/** Written whole or not at all, and never readable by others. Returns what removes it again. */
export async function writeInstance(dataFolder: string, instance: Instance): Promise<() => Promise<void>> {
  const path = pathIn(dataFolder)
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(temporary, JSON.stringify(instance), { mode: 0o600, flag: 'wx' })
  await rename(temporary, path)
  return () => rm(path, { force: true })
}

export async function readInstance(dataFolder: string): Promise<Instance | null> {
  try {
    return Instance.parse(JSON.parse(await readFile(pathIn(dataFolder), 'utf8')))
  } catch {
    // None, torn or foreign: in each case nobody can be asked, and the lock decides who may open the folder.
    return null
  }
}

/** Asks the running instance for a fresh link; null when it does not answer. */
export function askForLink({ origin, controlToken }: Instance): Promise<string | null> {
  return new Promise((resolve) => {
    const asked = request(`${origin}/link`, {
      method: 'POST',
      headers: { origin, authorization: `Bearer ${controlToken}` },
      timeout: answerWithinMs,
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(null))
    asked.on('response', (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (part: string) => (body = (body + part).slice(0, 1024)))
      response.on('error', () => resolve(null))
      response.on('close', () => resolve(linkFrom(body, origin)))
    })
    asked.end()
  })
}

/** A link to anywhere else than the instance itself is not one. */
function linkFrom(body: string, origin: string): string | null {
  try {
    const { link } = Link.parse(JSON.parse(body))
    return link.startsWith(`${origin}/#code=`) ? link : null
  } catch {
    return null
  }
}
