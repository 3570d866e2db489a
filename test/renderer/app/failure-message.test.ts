import { ORPCError } from '@orpc/client'
import { createInstance } from 'i18next'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { failureData, type FailureCode } from '../../../shared/failure.ts'
import { outcomeKinds, upstreamCauses, type OutcomeView } from '../../../shared/outcome.ts'
import { requestFailureCodes, type RequestFailure } from '../../../shared/request.ts'
import {
  failureSentence,
  fieldSentences,
  formSentences,
  outcomeSentence,
  procedureSentence,
  type FailureText,
  type Sentence,
} from '../../../renderer/app/failure-message.ts'
import { readFileSync } from 'node:fs'
import { aKey } from '../support/views.ts'

const languages = ['en', 'zh-CN'] as const
const texts = (language: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../renderer/i18n', language, 'failures.json'), 'utf8'))

const i18n = createInstance()

beforeAll(async () => {
  await i18n.init({ lng: 'en', interpolation: { escapeValue: false } })
  for (const language of languages) i18n.addResourceBundle(language, 'failures', texts(language))
})

const textIn = (language: string): FailureText => i18n.getFixedT(language, 'failures')

const anOutcome = (about: Partial<OutcomeView>): OutcomeView => ({
  kind: 'upstream-failed',
  status: null,
  cause: null,
  providerCode: null,
  providerMessage: null,
  retryAfterMs: null,
  ...about,
})

const aFailure = (about: Partial<RequestFailure>): RequestFailure => ({
  code: 'internal',
  model: 'gpt-4o',
  host: 'api.openai.com',
  outcome: null,
  keys: [],
  retryAtMs: null,
  ...about,
})

/** A sentence is whole when nothing was left to be filled in and no key stands in place of its text. */
const faultsOf = ({ cause, next }: Sentence): string[] =>
  [cause, next]
    .filter((text) => /\{\{|\}\}|undefined|null|^(?:request|outcome|upstream|procedure)\./.test(text))
    .concat(cause === '' ? ['no cause'] : [])

const dataOf: { [C in FailureCode]: unknown } = {
  MODEL_NOT_FOUND: {},
  KEY_NOT_FOUND: {},
  HEADER_NOT_FOUND: {},
  OLD_SECRET_FORGOTTEN: {},
  OLD_PASSWORD_FORGOTTEN: {},
  MODEL_NAME_TAKEN: { name: 'gpt-4o' },
  ALIAS_REFUSED: { alias: 'fast', model: 'gpt-4o-mini' },
  FALLBACK_REFUSED: { reason: 'gone' },
  DUPLICATE_KEY: { lastFour: '9f3a', label: 'acct-1' },
  API_BASE_REFUSED: { reason: 'plain-http' },
  PROXY_REFUSED: { reason: 'credentials' },
  KEY_TO_OTHER_HOST: { from: 'a.example', to: 'b.example' },
  VAULT_LOCKED: {},
  VAULT_MISSING: {},
  VAULT_EXISTS: {},
  VAULT_DAMAGED: { backups: 3 },
  VAULT_TOO_NEW: { format: 9 },
  VAULT_CHANGED_ON_DISK: {},
  WRONG_PASSPHRASE: { waitMs: 4_000 },
  WRONG_KIT: { waitMs: 0, groups: [2, 6] },
  INTERFACE_LOCKED: {},
  REVEAL_LIMIT: { waitMs: 20_000 },
  PRESENTING: {},
  LAST_PROTECTION: {},
  BACKUP_NOT_FOUND: {},
  PROTECTION_UNAVAILABLE: { protection: 'os' },
  DISK_FULL: {},
  VAULT_FULL: {},
  STORAGE_FAILED: { code: 'EACCES' },
  IMPORT_REFUSED: { reason: 'bad-json', line: 3, column: 7, name: null },
  IMPORT_EXPIRED: {},
  FILE_REFUSED: { path: '/x/.env', reason: 'broken-link' },
  FILE_CHANGED: { path: '/x/.env' },
  FILE_NOT_WRITTEN: { reason: 'full', code: 'ENOSPC', leftover: '/x/.env.keywheel-tmp-1' },
  TOKEN_NOT_WRITTEN: { path: '/x/.env' },
  EXPORT_REFUSED: { reason: 'bad-json', line: 3, column: 7 },
  EXPORT_EXPIRED: {},
  EARLIER_VERSION_NOT_FOUND: {},
  LINKED_FILE_NOT_FOUND: {},
  CONVERSATION_NOT_FOUND: {},
  CONVERSATION_CHANGED: {},
  CONVERSATION_FULL: { mebibytes: 10 },
  PRESET_NAME_TAKEN: { name: 'Brief' },
  PRESETS_FULL: { count: 500 },
  FIX_REFUSED: { reason: 'open-quote' },
  NO_IMPORT_TO_UNDO: {},
  IMPORT_CHANGED_SINCE: { models: ['gpt-4o', 'glm-4.7'] },
  SIMULATOR_FAILED: {},
  REHEARSAL_NEEDS_KEYS: { needed: 3, usable: 2 },
  REHEARSAL_IS_OVER: {},
  CLIENT_NOT_FOUND: {},
  CLIENT_NAME_TAKEN: { name: 'notebook' },
  JOURNAL_UNAVAILABLE: {},
}

const thrown = (code: string, data: unknown) => new ORPCError(code, { defined: true, data })

describe.each(languages)('a failure told in %s', (language) => {
  it.each(requestFailureCodes)('has a cause and a next step for a request that ended with %s', (code) => {
    const sentence = failureSentence(aFailure({ code, retryAtMs: 5_000 }), textIn(language), 0)
    expect(faultsOf(sentence)).toEqual([])
    expect(sentence.next).not.toBe('')
  })

  it.each(outcomeKinds)('has a cause and a next step for an attempt that was %s', (kind) => {
    expect(
      faultsOf(outcomeSentence(anOutcome({ kind, status: 429 }), 'acct-1', 'api.openai.com', textIn(language))),
    ).toEqual([])
    expect(
      faultsOf(outcomeSentence(anOutcome({ kind, retryAfterMs: 20_000 }), 'acct-1', null, textIn(language))),
    ).toEqual([])
  })

  it.each(upstreamCauses)('has a cause and a next step for a provider that failed by %s', (cause) => {
    expect(faultsOf(outcomeSentence(anOutcome({ cause }), 'acct-1', 'api.openai.com', textIn(language)))).toEqual([])
  })

  it.each(Object.keys(failureData))('has a sentence for a call that failed with %s', (code) => {
    expect(faultsOf(procedureSentence(thrown(code, dataOf[code as FailureCode]), textIn(language)))).toEqual([])
  })
})

describe('a failure', () => {
  it('promises no time for keys that no clock brings back', () => {
    const sentence = failureSentence(aFailure({ code: 'keys_unavailable' }), textIn('en'))
    expect(sentence.next).toBe('Look at the keys’ states under Models & keys: test, replace or resume one.')
  })

  it('speaks of the one key that was asked for, not of every key', () => {
    const { id: keyId, label, state } = aKey('acct-4', { state: { kind: 'rejected', nextTestMs: null } })
    const failure = aFailure({ code: 'keys_unavailable', keys: [{ keyId, label, state, lastFailure: null }] })
    expect(failureSentence(failure, textIn('en')).cause).toBe('The key acct-4 of gpt-4o is out of rotation.')
  })

  it('names host, key and status, and quotes the provider apart from our own words', () => {
    const outcome = anOutcome({ kind: 'rejected', status: 401, providerMessage: 'Incorrect API key' })
    expect(outcomeSentence(outcome, 'acct-5', 'api.siliconflow.cn', textIn('en'))).toEqual({
      cause: 'The key acct-5 was refused by api.siliconflow.cn (401).',
      next: "It is out of rotation until you test it again. Check it in the provider's account, replace it or remove it.",
      quote: 'Incorrect API key',
    })
  })

  it('of an import says the line and the column', () => {
    const refused = thrown('IMPORT_REFUSED', { reason: 'bad-json', line: 3, column: 7, name: null })
    expect(procedureSentence(refused, textIn('en')).cause).toBe('Its JSON or YAML is not valid (line 3, column 7)')
  })

  it('of a kit says which groups to look at again, or how long to wait', () => {
    const nextOf = (data: unknown) => procedureSentence(thrown('WRONG_KIT', data), textIn('en')).next
    expect(nextOf({ waitMs: 0, groups: [2, 6] })).toBe('Of the eight groups, look again at 3 and 7.')
    expect(nextOf({ waitMs: 0, groups: [] })).toContain('newest kit')
    expect(nextOf({ waitMs: 5_000, groups: [] })).toContain('5 seconds')
  })

  it('that is foreign is told in our words, never in its own', () => {
    const sentences = [new Error('sk-secret'), new ORPCError('INTERNAL_SERVER_ERROR', { message: 'sk-secret' })].map(
      (error) => procedureSentence(error, textIn('en')),
    )
    expect(JSON.stringify(sentences)).not.toContain('sk-secret')
    expect(sentences.map(({ cause }) => cause)).toEqual([
      'Keywheel could not be reached.',
      'Something went wrong inside Keywheel.',
    ])
  })
})

describe('what is wrong with a field', () => {
  const badRequest = (issues: unknown) => new ORPCError('BAD_REQUEST', { data: { issues } })

  it('is told at that field, the first thing first', () => {
    const error = badRequest([
      { path: ['edit', 'apiBase'], message: 'api_base_empty' },
      { path: ['keys', 0, 'secret'], message: 'secret_empty' },
      { path: ['keys', 0, 'secret'], message: 'secret_characters' },
    ])
    expect(fieldSentences(error, textIn('en'))).toEqual({ apiBase: 'Write the base URL.', secret: 'Paste a key.' })
  })

  it('is told in general words when the rule is unknown, and not at all when no field is named', () => {
    expect(fieldSentences(badRequest([{ path: ['name'], message: 'sk-secret' }]), textIn('en'))).toEqual({
      name: 'This value cannot be used.',
    })
    expect(fieldSentences(new Error('lost'), textIn('en'))).toBeNull()
    expect(fieldSentences(badRequest('nonsense'), textIn('en'))).toBeNull()
  })

  it('is told in the form when it is too much as a whole, with the next step', () => {
    const full = thrown('VAULT_FULL', {})
    for (const language of languages) {
      const { cause, next } = procedureSentence(full, textIn(language))
      const { form = '' } = fieldSentences(full, textIn(language)) ?? {}
      expect(form).toContain(cause)
      expect(form).toContain(next)
    }
    const tooMany = badRequest([{ path: ['keys'], message: 'keys_limit' }])
    expect(fieldSentences(tooMany, textIn('en'))).toEqual({
      keys: 'At most 100,000 keys, or 8 MiB of them, at once. Add them in parts.',
    })
  })

  it('is told in a form that tells everything itself also when no field is named, with the next step', () => {
    expect(formSentences(thrown('DISK_FULL', {}), textIn('en'))).toEqual({
      form: 'The disk is full, so nothing was saved. Free some space and try again. The vault is as it was before.',
    })
    expect(formSentences(thrown('MODEL_NAME_TAKEN', { name: 'gpt-4o' }), textIn('en'))).toEqual({
      name: 'There is already a model named gpt-4o.',
    })
  })

  it('is told at its field also when a service refused it', () => {
    expect(fieldSentences(thrown('MODEL_NAME_TAKEN', { name: 'gpt-4o' }), textIn('en'))).toEqual({
      name: 'There is already a model named gpt-4o.',
    })
    expect(Object.keys(fieldSentences(thrown('API_BASE_REFUSED', { reason: 'scheme' }), textIn('en')) ?? {})).toEqual([
      'apiBase',
    ])
  })
})
