/** A snippet works as pasted, whatever the model is called; without the token at hand it names the variable that has it. */

export const snippetKinds = ['dslighting', 'curl', 'python', 'typescript', 'anthropic'] as const
export type SnippetKind = (typeof snippetKinds)[number]

export interface SnippetModel {
  name: string
  temperature: number | null
}

export interface SnippetFacts {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string
  model: SnippetModel
  /** The client's token while it is shown; null at any other time. */
  token: string | null
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

const messages = [{ role: 'user', content: 'Hello' }]

const curl = ({ baseUrl, model, token }: SnippetFacts): string =>
  [
    `curl ${baseUrl}/chat/completions \\`,
    `  -H "Authorization: Bearer ${token ?? `$${tokenVariable}`}" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '${shellJson({ model: model.name, messages })}'`,
  ].join('\n')

function python({ baseUrl, model, token }: SnippetFacts): string {
  const key = token === null ? `os.environ["${tokenVariable}"]` : quoted(token)
  return [
    ...(token === null ? ['import os', ''] : []),
    'from openai import OpenAI',
    '',
    `client = OpenAI(base_url=${quoted(baseUrl)}, api_key=${key})`,
    'answer = client.chat.completions.create(',
    `    model=${quoted(model.name)},`,
    '    messages=[{"role": "user", "content": "Hello"}],',
    ')',
    'print(answer.choices[0].message.content)',
  ].join('\n')
}

const keyInScript = (token: string | null) => (token === null ? `process.env.${tokenVariable}` : quoted(token))

const typescript = ({ baseUrl, model, token }: SnippetFacts): string =>
  [
    "import OpenAI from 'openai'",
    '',
    `const client = new OpenAI({ baseURL: ${quoted(baseUrl)}, apiKey: ${keyInScript(token)} })`,
    'const answer = await client.chat.completions.create({',
    `  model: ${quoted(model.name)},`,
    "  messages: [{ role: 'user', content: 'Hello' }],",
    '})',
    'console.log(answer.choices[0]?.message.content)',
  ].join('\n')

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
