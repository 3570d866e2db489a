import { addSecret, noKeys } from './collected-keys.ts'
import { readJson, memberOf } from './json-reader.ts'
import { defaultModel } from './model-entry.ts'
import { nothingFound, type Found } from './found.ts'

/** Reads a pasted command; it is never run, and nothing in it is expanded. */
export function readCurl(command: string): Found {
  const words = shellWords(command)
  const found = nothingFound()
  const url = words.find((word, index) => /^https?:\/\//.test(word) && !takesValue(words[index - 1]))
  const keys = noKeys()
  for (const [index, word] of words.entries()) {
    const written = isHeaderOption(words[index - 1]) ? secretHeader.exec(word)?.[2] : undefined
    if (written !== undefined) addSecret(keys, written, () => undefined)
  }
  const [secret] = keys.secrets
  found.refusedKeys.push(...keys.refused)
  if (secret === undefined) return found
  if (url === undefined || !URL.canParse(url)) {
    return { ...found, keys: [{ secret, label: null, line: 1 }] }
  }
  const model = words.flatMap((word, index) => (isDataOption(words[index - 1]) ? modelIn(word) : []))[0]
  const note = { line: 1, column: null, name: model ?? defaultModel }
  found.notices.push({ code: model === undefined ? 'model-default' : 'from-curl', ...note })
  found.models.push({
    name: model ?? defaultModel,
    provider: secretKind(words) === 'anthropic' ? 'anthropic' : 'openai',
    apiBase: baseOf(url),
    isDefaultBase: false,
    temperature: null,
    keys: [secret],
    refusedKeys: [],
    extra: {},
    line: 1,
  })
  return found
}

function isHeaderOption(word: string | undefined): boolean {
  return word === '-H' || word === '--header'
}

function isDataOption(word: string | undefined): boolean {
  return word !== undefined && /^(?:-d|--data(?:-raw|-binary|-ascii)?|--json)$/.test(word)
}

function takesValue(word: string | undefined): boolean {
  return (
    isHeaderOption(word) ||
    isDataOption(word) ||
    word === '-x' ||
    word === '--proxy' ||
    word === '--referer' ||
    word === '-e'
  )
}

const secretHeader = /^(authorization|x-api-key|api-key|x-goog-api-key)\s*:\s*(?:bearer\s+)?(\S.*)$/is

function secretKind(words: readonly string[]): 'anthropic' | 'openai' {
  return words.some((word) => /^(?:x-api-key|anthropic-version)\s*:/i.test(word)) ? 'anthropic' : 'openai'
}

function modelIn(body: string): string[] {
  const read = readJson(body)
  if (!read.ok || read.root.kind !== 'object') return []
  const model = memberOf(read.root, 'model')
  return model?.kind === 'string' && model.value.trim() !== '' ? [model.value.trim()] : []
}

/** The address without the route, its query or user. */
function baseOf(url: string): string {
  const { origin, pathname } = new URL(url)
  const path = pathname.replace(/\/(?:chat\/completions|completions|responses|messages|embeddings|models)\/?$/, '')
  return origin + path.replace(/\/$/, '')
}

/** Words as a POSIX shell makes them: quotes taken off, lines joined after a backslash, no expansion. */
export function shellWords(command: string): string[] {
  const words: string[] = []
  const part = /\s+|\\\r?\n|\\([\s\S])|'([^']*)'?|"((?:[^"\\]|\\[\s\S])*)"?|[^\s\\'"]+/g
  let word: string | null = null
  for (const [all, escaped, single, double] of command.matchAll(part)) {
    if (/^\s/.test(all)) {
      if (word !== null) words.push(word)
      word = null
    } else if (escaped !== undefined || single !== undefined || double !== undefined) {
      word = (word ?? '') + (escaped ?? single ?? (double ?? '').replaceAll(/\\(["\\$`])/g, '$1'))
    } else if (!all.startsWith('\\')) word = (word ?? '') + all
  }
  return word === null ? words : [...words, word]
}
