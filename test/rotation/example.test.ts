import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const answers: Record<string, [number, unknown]> = {
  'sk-invalid-0123456789abcdef': [401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }],
  'sk-limited-0123456789abcdef': [429, { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } }],
  'sk-no-money-0123456789abcde': [402, { error: { message: 'Insufficient Balance', code: 'invalid_request_error' } }],
  'sk-working-0123456789abcdef': [200, { choices: [{ message: { role: 'assistant', content: 'Hello!' } }] }],
}

let provider: Server
let folder: string

/** The documents' own code, with the package's name resolved to the sources. */
async function codeBlocks(): Promise<string[]> {
  const page = await readFile(join(root, 'docs', 'rotation.md'), 'utf8')
  const library = pathToFileURL(join(root, 'electron', 'rotation', 'index.ts')).href
  return [...page.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code!.replace("'keywheel/rotation'", `'${library}'`))
}

async function run(code: string, keys: readonly string[]): Promise<string> {
  const file = join(folder, 'example.mjs')
  await writeFile(file, code)
  const { port } = provider.address() as AddressInfo
  const env = { ...process.env, API_BASE: `http://127.0.0.1:${port}/v1`, API_KEYS: keys.join(',') }
  return (await promisify(execFile)(process.execPath, [file], { env })).stdout
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keywheel-example-'))
  provider = createServer((request, response) => {
    const secret = request.headers.authorization?.replace('Bearer ', '') ?? ''
    const [status, body] = answers[secret] ?? [500, {}]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  await new Promise((resolve) => provider.close(resolve))
  await rm(folder, { recursive: true })
})

describe('the documented example', () => {
  it('tries the keys of the list until one answers', { timeout: 30_000 }, async () => {
    const [example] = await codeBlocks()
    const said = await run(example!, Object.keys(answers))
    expect(said).toBe('Key 1: rejected\nKey 2: rate-limited\nKey 3: exhausted\nKey 4: served\nanswer: Hello!\n')
  })

  it('says why each key is out when none is left', { timeout: 30_000 }, async () => {
    const [example] = await codeBlocks()
    const said = await run(example!, Object.keys(answers).slice(0, 3))
    expect(said).toContain('failed: keys-unavailable\n  Key 1: rejected\n  Key 2: cooling\n  Key 3: exhausted\n')
    const page = await readFile(join(root, 'docs', 'rotation.md'), 'utf8')
    expect(page).toContain(said)
  })

  it('runs the code that follows the guide', { timeout: 30_000 }, async () => {
    const [, guide] = await codeBlocks()
    expect(await run(guide!, [])).toBe('')
  })
})
