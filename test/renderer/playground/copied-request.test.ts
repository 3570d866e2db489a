import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sentMessage, sentParameters } from '../../../shared/chat-request.ts'
import type { ChatMessage, ChatParameters } from '../../../shared/chat.ts'
import { copiedRequest } from '../../../renderer/features/playground/copy-as/copied-request.ts'
import { snippetOf, tokenVariable, type SnippetKind } from '../../../renderer/app/snippet-text.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..', '..')
const token = 'kw-a-token-of-a-client'
const env = { ...process.env, [tokenVariable]: token, no_proxy: '127.0.0.1' }

const hostile = `it's "quoted" \\ back\\n $HOME \${X} \`id\` </script> JSON\nJSON\n'''"""\u2028中文 😀`
const image = {
  type: 'image' as const,
  dataUrl: `data:image/png;base64,${'iVBOR'.repeat(40_000)}`,
  name: 'a.png',
  width: 8,
  height: 8,
  bytes: 150_000,
}
const earlier: ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: [image, { type: 'text', text: 'What is it?' }] },
  { role: 'assistant', content: 'A picture.' },
]
const parameters: ChatParameters = {
  temperature: 0.2,
  maxTokens: 64,
  stop: ['END', "it's"],
  seed: 7,
  extra: { top_k: 5, thinking: { type: 'enabled' }, nothing: null, 'odd name': true, ['__proto__']: 1 },
}
const expected = {
  model: 'glm-4.7',
  messages: [...earlier, { role: 'user' as const, content: hostile }].map(sentMessage),
  ...sentParameters({ temperature: 0.2, maxTokens: 64, stop: ['END', "it's"], seed: 7 }),
}

function snippet(kind: SnippetKind, baseUrl = 'http://127.0.0.1:4141/v1'): string {
  const request = copiedRequest(earlier, hostile, parameters)
  const model = { name: 'glm-4.7', temperature: null }
  return snippetOf(kind, { baseUrl, model, token: null, ...(request && { request }) })
}

/** What answers in the gateway's place, and keeps what it was asked. */
async function aListener() {
  const heard: unknown[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      heard.push(request.headers.authorization, JSON.parse(body))
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'It works.' } }] }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, heard }
}

async function aFile(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keywheel-copied-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  // As in a project of one's own that has the SDK.
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

describe('a conversation that is copied for another program', () => {
  it('asks by curl what would be sent here, images and all', async () => {
    const { baseUrl, heard } = await aListener()
    const file = await aFile('ask.sh', snippet('curl', baseUrl))
    await run('bash', [file], { env })
    expect(heard[0]).toBe(`Bearer ${token}`)
    expect(heard[1]).toEqual({ ...expected, ...parameters.extra })
  })

  it('asks by TypeScript what would be sent here', async () => {
    const { baseUrl, heard } = await aListener()
    const file = await aFile('ask.ts', snippet('typescript', baseUrl))
    const { stdout } = await run(process.execPath, [file], { env })
    expect(stdout).toBe('It works.\n')
    expect(heard[1]).toEqual({ ...expected, ...parameters.extra })
  })

  it('fits the types of the SDK', async () => {
    const file = await aFile('ask.ts', snippet('typescript'))
    const types = join(root, 'node_modules', '.bin', 'tsc')
    const options = '--noEmit --strict --ignoreConfig --target es2024 --module preserve --skipLibCheck --types node'
    const checked = run(types, [...options.split(' '), file], { cwd: dirname(file) })
    await expect(checked).resolves.toMatchObject({ stdout: '' })
  })

  it.skipIf(spawnSync('python3', ['--version']).error !== undefined)('is the same in Python', async () => {
    const file = await aFile('ask.py', snippet('python'))
    await run('python3', ['-m', 'py_compile', file])
    const program = [
      'import ast, json, sys',
      'calls = [n for n in ast.walk(ast.parse(open(sys.argv[1]).read())) if isinstance(n, ast.Call)]',
      'call = next(c for c in calls if any(k.arg == "messages" for k in c.keywords))',
      'print(json.dumps({k.arg: ast.literal_eval(k.value) for k in call.keywords}))',
    ].join('\n')
    const { stdout } = await run('python3', ['-c', program, file], { maxBuffer: 16 * 1024 * 1024 })
    expect(JSON.parse(stdout)).toEqual({ ...expected, extra_body: parameters.extra })
  })

  it('names the token by its variable, and holds no key', () => {
    for (const kind of ['curl', 'python', 'typescript', 'dslighting'] as const) {
      expect(snippet(kind)).toContain(tokenVariable)
    }
  })
})

describe('what is copied', () => {
  it('is the last question with what went before it, while nothing new is written', () => {
    expect(copiedRequest(earlier, '', {})?.messages).toEqual(earlier.slice(0, 2).map(sentMessage))
  })

  it('is a greeting where there is no conversation, with the parameters that are set', () => {
    expect(copiedRequest([], '', {})).toBeUndefined()
    expect(copiedRequest([], '', { seed: 1 })).toEqual({
      messages: [{ role: 'user', content: 'Hello' }],
      parameters: { seed: 1 },
      extra: {},
    })
    expect(copiedRequest([{ role: 'system', content: 'x' }], '', {})?.messages).toHaveLength(2)
  })
})
