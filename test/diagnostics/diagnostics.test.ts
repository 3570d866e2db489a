import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDiagnostics } from '../../electron/diagnostics/diagnostics.ts'
import { refuses } from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { anOpenApp, say } from '../support/open-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** None of them may be in the report, nor a recognisable part of the secret. */
const canaries = {
  secret: 'sk-canary-of-the-report-9f3aQ7x2LmNp',
  label: 'canary-label-acct',
  model: 'canary-model-name',
  alias: 'canary-alias-name',
  client: 'canary-client-name',
  organisation: 'wintergreen-limited',
}

async function anAppWithCanaries(over: Parameters<typeof anOpenApp>[0] = {}) {
  const provider = await startMockUpstream([canaries.model])
  provider.script(
    canaries.secret,
    refuses(401, { message: `Incorrect API key provided: ${canaries.secret} of ${canaries.organisation}` }),
  )
  const started = await anOpenApp(over)
  const { client } = started
  await client.settings.set({ logLevel: 'debug' })
  const { id: modelId } = await client.models.add({
    name: canaries.model,
    provider: null,
    apiBase: provider.url,
    temperature: null,
    strategy: 'round-robin',
  })
  await client.keys.add({ modelId, keys: [{ label: canaries.label, secret: canaries.secret }] })
  await client.models.edit({ id: modelId, edit: { aliases: [canaries.alias] }, allowNewHost: false })
  await client.gateway.addClient({
    name: canaries.client,
    allowedModels: null,
    requestsPerMinute: null,
    tokensPerDay: null,
  })
  await Array.fromAsync(await client.playground.chat(say(modelId)))
  return { ...started, provider }
}

describe('the diagnostics report', () => {
  it('names no key, label, model, client, host or folder, and quotes no provider', async () => {
    const { client, host, provider } = await anAppWithCanaries()
    const { lines } = await client.log.tail({ lines: 100 })
    // What is kept out is there to be kept out.
    expect(JSON.stringify(lines)).toContain(canaries.label)
    expect(JSON.stringify(lines)).toContain(canaries.organisation)
    const { text } = await client.diagnostics.preview()
    for (const canary of Object.values(canaries)) expect(text).not.toContain(canary)
    expect(text).not.toContain(canaries.secret.slice(-12))
    expect(text).not.toContain(canaries.secret.slice(0, 12))
    expect(text).not.toContain(new URL(provider.url).host)
    expect(text).not.toContain(host.dataFolder)
    expect(text).not.toContain(host.homeFolder)
  })

  it('says what runs where, how it is set, and how models, keys and the history stand', async () => {
    const { client } = await anAppWithCanaries()
    const { text } = await client.diagnostics.preview()
    expect(text).toContain(`platform: ${process.platform}`)
    expect(text).toContain('logLevel: debug')
    expect(text).toContain('## Models (1)')
    expect(text).toContain('model 1: round-robin, 1 keys (1 rejected), 1 other names')
    expect(text).toContain('clients: 1')
    expect(text).toMatch(/kept: file\n[^#]*dropped: 0/)
  })

  it('ends with the log, in which one name stays one number', async () => {
    const { client } = await anAppWithCanaries()
    const { text } = await client.diagnostics.preview()
    expect(text).toMatch(
      /debug key-used request=\S+ model=\S+ key=key-(\d+) attempt=1[^]*info key-failed \S+ model=\S+ key=key-\1 /,
    )
  })

  it('is saved as it was previewed, where the person says, closed to other users', async () => {
    const path = join(temporaryFolder(), 'report.txt')
    const { client } = await anAppWithCanaries({ chooseFile: async () => path })
    const { id, text } = await client.diagnostics.preview()
    await client.settings.set({ logLevel: 'error' })
    expect(await client.diagnostics.save({ id })).toEqual({ path })
    expect(readFileSync(path, 'utf8')).toBe(text)
    const mode = process.platform === 'win32' ? 0o600 : statSync(path).mode & 0o777
    expect(mode).toBe(0o600)
  })
})

describe('saving the report', () => {
  const facts = () => Promise.reject(new Error('not asked for'))
  const newId = () => 'one'

  it('writes nothing that was not previewed', async () => {
    const path = join(temporaryFolder(), 'report.txt')
    const { save } = createDiagnostics({ facts, newId, choosePath: async () => path })
    await expect(save('another')).rejects.toMatchObject({ code: 'EXPORT_EXPIRED' })
    expect(existsSync(path)).toBe(false)
  })

  it('writes nothing when the person puts the question aside', async () => {
    const { client } = await anOpenApp({ chooseFile: async () => null })
    const { id } = await client.diagnostics.preview()
    expect(await client.diagnostics.save({ id })).toEqual({ path: null })
  })

  it('says so when the place cannot be written to', async () => {
    const { client } = await anOpenApp({ chooseFile: async () => join(temporaryFolder(), 'gone', 'report.txt') })
    const { id } = await client.diagnostics.preview()
    await expect(client.diagnostics.save({ id })).rejects.toMatchObject({ code: 'FILE_NOT_WRITTEN' })
  })
})
