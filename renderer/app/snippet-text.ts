/** A snippet works as pasted, whatever the model is called; without the token at hand it names the variable that has it. */

export const snippetKinds = ['dslighting', 'curl', 'python', 'typescript', 'anthropic'] as const
export type SnippetKind = (typeof snippetKinds)[number]

export interface SnippetModel {
  name: string
  temperature: number | null
}

/** What to ask, as OpenAI's API takes it. */
export interface SnippetRequest {
  messages: readonly unknown[]
  parameters: Readonly<Record<string, unknown>>
  /** Fields that the SDKs' types do not know. */
  extra: Readonly<Record<string, unknown>>
}

export interface SnippetFacts {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string
  model: SnippetModel
  /** The client's token while it is shown; null at any other time. */
  token: string | null
  /** A greeting where nothing else is said. */
  request?: SnippetRequest
}

/** The variable that later snippets read the token from. */
export const tokenVariable = 'KEYWHEEL_TOKEN'

/** A string of JSON is one of Python and of TypeScript too. */
const quoted = (text: string): string => JSON.stringify(text)

/** What stands between a shell's single quotes cannot hold one. */
const shellJson = (value: unknown): string => JSON.stringify(value).replaceAll("'", String.raw`\u0027`)

/** Read alike by python-dotenv, which expands `${…}` and takes backslashes off even in single quotes, and by a shell. */
const envText = (text: string): string =>
  quoted(text)
    .replaceAll('\\\\', String.raw`\u005c`)
    .replaceAll("'", String.raw`\u0027`)
    .replaceAll('$', String.raw`\u0024`)

const isPlainName = (name: string) => /^[\w./:@+-]+$/.test(name)

/** One entry, one address, one token: the form that rotates in each of DSLighting's loaders. */
function dslighting({ baseUrl, model, token }: SnippetFacts): string {
  const fields = [
    `"api_key": ${token === null ? `"\${${tokenVariable}}"` : envText(token)}`,
    `"api_base": ${envText(baseUrl)}`,
    // Its command line takes a 0 for "not set"; as text it is taken by all of its loaders.
    ...(model.temperature === null ? [] : [`"temperature": ${model.temperature === 0 ? '"0"' : model.temperature}`]),
    '"provider": "openai"',
  ]
  const entry = `  ${envText(model.name)}: {\n${fields.map((field) => `    ${field}`).join(',\n')}\n  }`
  const lines = [`LLM_MODEL_CONFIGS='{\n${entry}\n}'`]
  // The library and the command line use this model then; a name that would need quotes is chosen in the program.
  if (isPlainName(model.name)) lines.unshift(`LLM_MODEL=${model.name}`)
  return lines.join('\n')
}

const greeting: SnippetRequest = { messages: [{ role: 'user', content: 'Hello' }], parameters: {}, extra: {} }

/** A long body is no argument of a command, which has a limit: it is what the command reads. */
function curl({ baseUrl, model, token, request }: SnippetFacts): string {
  const { messages, parameters, extra } = request ?? greeting
  const body = { ...extra, model: model.name, messages, ...parameters }
  return [
    `curl ${baseUrl}/chat/completions \\`,
    `  -H "Authorization: Bearer ${token ?? `$${tokenVariable}`}" \\`,
    `  -H "Content-Type: application/json" \\`,
    request === undefined
      ? `  -d '${shellJson(body)}'`
      : `  --data-binary @- <<'JSON'\n${JSON.stringify(body, null, 2)}\nJSON`,
  ].join('\n')
}

function python({ baseUrl, model, token, request = greeting }: SnippetFacts): string {
  const key = token === null ? `os.environ["${tokenVariable}"]` : quoted(token)
  const set = Object.entries(request.parameters).map(([name, value]) => `    ${name}=${pythonValue(value)},`)
  const extra = Object.keys(request.extra).length === 0 ? [] : [`    extra_body=${pythonValue(request.extra)},`]
  return [
    ...(token === null ? ['import os', ''] : []),
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${quoted(baseUrl)}, api_key=${key})`,
    'answer = client.chat.completions.create(',
    `    model=${quoted(model.name)},`,
    `    messages=${listOf(request.messages.map(pythonValue), '    ')},`,
    ...set,
    ...extra,
    ')',
    'print(answer.choices[0].message.content)',
  ].join('\n')
}

/** JSON but for three names; a string of JSON is one of Python. */
function pythonValue(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`
  if (typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, inner]) => `${quoted(name)}: ${pythonValue(inner)}`)
  return `{${fields.join(', ')}}`
}

/** One item stands in its line; of several each has its own. */
const listOf = (items: readonly string[], indent: string): string =>
  items.length === 1 ? `[${items[0]}]` : `[\n${items.map((item) => `${indent}    ${item},\n`).join('')}${indent}]`

const keyInScript = (token: string | null) => (token === null ? `process.env.${tokenVariable}` : quoted(token))

function typescript({ baseUrl, model, token, request = greeting }: SnippetFacts): string {
  const set = Object.entries(request.parameters).map(([name, value]) => `  ${name}: ${scriptValue(value)},`)
  const extra = Object.keys(request.extra).length === 0 ? [] : [`  ...(${scriptValue(request.extra)} as object),`]
  return [
    "import OpenAI from 'openai'",
    '',
    `const client = new OpenAI({ baseURL: ${quoted(baseUrl)}, apiKey: ${keyInScript(token)} })`,
    'const answer = await client.chat.completions.create({',
    `  model: ${quoted(model.name)},`,
    `  messages: ${listOf(request.messages.map(scriptValue), '  ')},`,
    ...set,
    ...extra,
    '})',
    'console.log(answer.choices[0]?.message.content)',
  ].join('\n')
}

function scriptValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(scriptValue).join(', ')}]`
  if (typeof value !== 'object' || value === null) return scriptText(value)
  const fields = Object.entries(value).map(([name, inner]) => `${scriptName(name)}: ${scriptValue(inner)}`)
  return `{ ${fields.join(', ')} }`
}

const scriptName = (name: string) => (/^[A-Za-z_]\w*$/.test(name) && name !== '__proto__' ? name : `[${quoted(name)}]`)

const scriptText = (value: unknown): string =>
  typeof value === 'string' && /^[\w ,.:;!?-]*$/.test(value) ? `'${value}'` : JSON.stringify(value ?? null)

/** This SDK puts `/v1` in front of its paths itself. */
const anthropic = ({ baseUrl, model, token }: SnippetFacts): string =>
  [
    "import Anthropic from '@anthropic-ai/sdk'",
    '',
    `const client = new Anthropic({ baseURL: ${quoted(baseUrl.replace(/\/v1$/, ''))}, apiKey: ${keyInScript(token)} })`,
    'const answer = await client.messages.create({',
    `  model: ${quoted(model.name)},`,
    '  max_tokens: 1024,',
    "  messages: [{ role: 'user', content: 'Hello' }],",
    '})',
    'console.log(answer.content)',
  ].join('\n')

const write: Record<SnippetKind, (facts: SnippetFacts) => string> = {
  dslighting,
  curl,
  python,
  typescript,
  anthropic,
}

export const snippetOf = (kind: SnippetKind, facts: SnippetFacts): string => write[kind](facts)

/** Anthropic's own API answers for its own models only; every other one is reached in OpenAI's language. */
export function speaksAnthropic(apiBase: string): boolean {
  try {
    return /(?:^|\.)anthropic\.com$/.test(new URL(apiBase).hostname)
  } catch {
    return false
  }
}
