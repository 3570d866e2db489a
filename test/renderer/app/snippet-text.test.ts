import { execFile, spawnSync } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkDslighting, exportDotenv, parseDotenv } from '../../../electron/dotenv/index.ts'
import { expandVariables } from '../../../electron/dotenv/expansion.ts'
import {
  snippetKinds,
  snippetOf,
  speaksAnthropic,
  tokenVariable,
  type SnippetFacts,
} from '../../../renderer/app/snippet-text.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..', '..')
const token = `gw-${'t0ken_-'.repeat(6)}a`

const facts = (about: Partial<SnippetFacts> = {}): SnippetFacts => ({
  baseUrl: 'http://127.0.0.1:4141/v1',
  model: { name: 'glm-4.7', temperature: null },
  token,
  ...about,
})

/** Whatever a model may be called: anything but control characters, not blank. */
const names = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  .filter((name) => name.trim() === name && !/\p{Cc}/u.test(name))
const temperatures = fc.option(fc.constantFrom(0, 0.2, 1, 2), { nil: null })

/** Names that end a string, a command or a variable where the snippet does not see to it. */
const hostileNames = [
  `it's "quoted"`,
  String.raw`back\slash\n`,
  '$HOME ${HOME} $(id) `id`',
  'a; b & c | d > e #f !g',
  '模型/新 — 1',
  `'; rm -rf "$HOME" #`,
]

interface Heard {
  path: string
  credential: string | undefined
  model: unknown
}

/** What answers in the gateway's place, and says what it was asked. */
async function aListener(): Promise<{ baseUrl: string; heard: Heard[] }> {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part))
    request.on('end', () => {
      const { model } = JSON.parse(body) as { model: unknown }
      heard.push({ path: request.url ?? '', credential: request.headers.authorization, model })
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'It works.' } }],
          content: [{ type: 'text', text: 'It works.' }],
        }),
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, heard }
}

/** The shell and Node as a person has them, with the variable that later snippets read. */
const environment = { ...process.env, [tokenVariable]: token, no_proxy: '127.0.0.1' }
const inShell = (text: string) => run('bash', ['-c', text], { env: environment })
const inNode = (text: string) =>
  run(process.execPath, ['--input-type=module', '-e', text], { env: environment, cwd: root })

describe('the snippet for DSLighting', () => {
  it('is what an export through the gateway writes, whatever the model is called', () => {
    fc.assert(
      fc.property(names, temperatures, (name, temperature) => {
        const { baseUrl } = facts()
        const written = exportDotenv([{ name, temperature, provider: null, apiBase: 'unused', keys: [] }], {
          kind: 'gateway',
          apiBase: baseUrl,
          token,
        })
        const text = snippetOf('dslighting', facts({ model: { name, temperature } }))
        expect(`${text.slice(text.indexOf('LLM_MODEL_CONFIGS='))}\n`).toBe(written.ok && written.tree.text)
      }),
    )
  })

  it('holds nothing that DSLighting stumbles over', () => {
    const { traps } = checkDslighting(parseDotenv(snippetOf('dslighting', facts())))
    expect(traps).toEqual([])
  })

  it('chooses its model for the library and the command line', () => {
    const variables = expandVariables(parseDotenv(snippetOf('dslighting', facts())), new Map())
    expect(variables.get('LLM_MODEL')).toBe('glm-4.7')
  })

  it('takes the token from the environment when it is no longer shown', () => {
    const text = snippetOf('dslighting', facts({ token: null }))
    expect(text).not.toContain(token)
    const variables = expandVariables(parseDotenv(text), new Map([[tokenVariable, token]]))
    expect(JSON.parse(variables.get('LLM_MODEL_CONFIGS') ?? '')).toMatchObject({ 'glm-4.7': { api_key: token } })
  })
})

describe.each([null, token])('as pasted, with the token %s', (shown) => {
  const asked = { path: '/v1/chat/completions', credential: `Bearer ${token}` }

  it.each(['glm-4.7', ...hostileNames])('curl asks for the model %j', async (name) => {
    const { baseUrl, heard } = await aListener()
    await inShell(snippetOf('curl', facts({ baseUrl, token: shown, model: { name, temperature: null } })))
    expect(heard).toEqual([{ ...asked, model: name }])
  })

  it('TypeScript asks for the model and prints the answer', async () => {
    const { baseUrl, heard } = await aListener()
    const name = hostileNames.join(' ')
    const { stdout } = await inNode(
      snippetOf('typescript', facts({ baseUrl, token: shown, model: { name, temperature: null } })),
    )
    expect(heard).toEqual([{ ...asked, model: name }])
    expect(stdout).toBe('It works.\n')
  })

  it("Anthropic's SDK asks at its own path", async () => {
    const { baseUrl, heard } = await aListener()
    const { stdout } = await inNode(
      snippetOf('anthropic', facts({ baseUrl, token: shown, model: { name: 'claude-sonnet-5', temperature: null } })),
    )
    expect(heard).toEqual([{ path: '/v1/messages', credential: `Bearer ${token}`, model: 'claude-sonnet-5' }])
    expect(stdout).toContain('It works.')
  })

  it.skipIf(spawnSync('python3', ['--version']).error !== undefined)('Python can be read by Python', async () => {
    const texts = hostileNames.map((name) =>
      snippetOf('python', facts({ token: shown, model: { name, temperature: null } })),
    )
    const program = [
      'import ast, json, sys',
      'calls = [node for text in json.load(sys.stdin) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]',
      'print(json.dumps([k.value.value for call in calls for k in call.keywords if k.arg == "model"]))',
    ].join('\n')
    const { stdout } = spawnSync('python3', ['-c', program], { input: JSON.stringify(texts), encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual(hostileNames)
  })
})

it.each(snippetKinds)('names the variable and no token in the later snippet for %s', (kind) => {
  const text = snippetOf(kind, facts({ token: null }))
  expect(text).toContain(tokenVariable)
  expect(text).not.toContain('gw-')
})

it.each([
  ['https://api.anthropic.com/v1', true],
  ['https://ANTHROPIC.com', true],
  ['https://api.anthropic.com.example/v1', false],
  ['https://notanthropic.com/v1', false],
  ['not a url', false],
])('of %s knows whether it answers in the language of Anthropic', (apiBase, speaks) => {
  expect(speaksAnthropic(apiBase)).toBe(speaks)
})
