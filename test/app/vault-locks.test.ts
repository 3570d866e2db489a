import type { LiveBatch } from '../../shared/live-event.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addModel, anOpenApp, failureOf, say, takingAll, type TestClient } from '../support/open-app.ts'
import * as upstream from '../support/mock-upstream/answers.ts'
import { startMockUpstream } from '../support/mock-upstream/mock-upstream.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aKeychain } from '../vault/vault-builder.ts'

const secret = 'sk-canary-of-the-locks-0001'
const other = 'sk-canary-of-the-locks-0002'
const minuteMs = 60_000

const interfaceOf = async (client: TestClient) => (await client.vault.status()).interface

async function answers(client: TestClient, modelId: Parameters<typeof say>[0]) {
  const events = await Array.fromAsync(await client.playground.chat(say(modelId)))
  return events.at(-1)?.kind
}

async function firstHeard(live: AsyncIterable<LiveBatch>): Promise<string[]> {
  for await (const { events } of live) if (events.length > 0) return events.map(({ kind }) => kind)
  return []
}

describe('the lock of the interface', () => {
  it('is open when a person has made the vault or unlocked it', async () => {
    const { client } = await anOpenApp()
    expect(await client.vault.status()).toMatchObject({ state: 'unlocked', interface: 'open', canVerify: true })
    expect(await client.vault.lock()).toMatchObject({ state: 'locked', interface: 'locked' })
    expect(await client.vault.unlock({ passphrase: aPassphrase })).toMatchObject({ interface: 'open' })
  })

  it('refuses everything that shows a secret, sends it elsewhere or changes what opens the vault', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    await client.keys.edit({ modelId, id, edit: { secret: other } })
    const [backup] = await client.vault.backups()
    const name = backup?.name ?? ''
    await client.vault.lockInterface()
    const refused = [
      client.keys.reveal({ modelId, id }),
      client.keys.copy({ modelId, id }),
      client.keys.edit({ modelId, id, edit: { secret } }),
      client.keys.restoreSecret({ modelId, id }),
      client.models.edit({ id: modelId, edit: { apiBase: 'https://evil.example/v1' }, allowNewHost: true }),
      client.bin.purge({ modelIds: [], keyIds: [id] }),
      client.vault.changePassphrase({ passphrase: 'another long passphrase' }),
      client.vault.addProtection({ protection: 'file' }),
      client.vault.removeProtection({ protection: 'pass' }),
      client.vault.createKit(),
      client.vault.confirmKit({ groups: [{ place: 0, group: '00000' }] }),
      client.vault.replaceDataKey({ passphrase: aPassphrase }),
      client.vault.restoreBackup({ name, opener: { passphrase: aPassphrase } }),
      client.vault.removeBackup({ name }),
      client.vault.keepOurs(),
      client.transfer.undoImport(),
    ]
    const codes = (await Promise.all(refused.map(failureOf))).map(({ code }) => code)
    expect(codes).toEqual(refused.map(() => 'INTERFACE_LOCKED'))
    expect((await client.vault.backups()).map((one) => one.name)).toContain(name)
  })

  it('refuses an import that was shown before it closed', async () => {
    const { client } = await anOpenApp()
    const text = `LLM_MODEL_CONFIGS='{"m":{"api_key":"${secret}","api_base":"https://api.openai.com/v1"}}'`
    const preview = await client.transfer.preview({ base64: Buffer.from(text).toString('base64') })
    const choice = takingAll(preview.id, preview.models)
    await client.vault.lockInterface()
    expect(await failureOf(client.transfer.apply(choice))).toMatchObject({
      code: 'INTERFACE_LOCKED',
    })
    await client.vault.openInterface({ passphrase: aPassphrase })
    expect(await client.transfer.apply(choice)).toEqual({ models: 1, keys: 1, removed: 0 })
  })

  it('lets names, order and pauses be changed, because those show nothing and send nothing', async () => {
    const { client } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    await client.vault.lockInterface()
    await client.keys.edit({ modelId, id, edit: { label: 'mine', weight: 3 } })
    await client.models.edit({ id: modelId, edit: { apiBase: 'https://api.openai.com/v2' }, allowNewHost: false })
    await client.keys.setPaused({ modelId, ids: [id], paused: true })
    expect((await client.models.list())[0]).toMatchObject({
      apiBase: 'https://api.openai.com/v2',
      keys: [{ label: 'mine', weight: 3, state: { kind: 'paused' } }],
    })
  })

  it('leaves the gateway and chats serving, and the lock of the vault stops both', async () => {
    const { client } = await anOpenApp()
    const provider = await startMockUpstream(['m'])
    onTestFinished(() => provider.close())
    provider.script(secret, upstream.says('ok'))
    const { modelId } = await addModel(client, [secret], { name: 'm', apiBase: provider.url })
    await client.vault.lockInterface()
    expect(await answers(client, modelId)).toBe('done')
    await client.vault.lock()
    expect(await answers(client, modelId)).toBe('failed')
  })

  it('opens again with the passphrase and with the kit, and with nothing else', async () => {
    const { client } = await anOpenApp()
    const { kit } = await client.vault.createKit()
    await client.vault.lockInterface()
    expect(await failureOf(client.vault.openInterface({ passphrase: 'not the passphrase' }))).toEqual({
      code: 'WRONG_PASSPHRASE',
      data: { waitMs: 0 },
    })
    expect(await failureOf(client.vault.openInterface({ protector: true }))).toMatchObject({ code: 'INTERFACE_LOCKED' })
    expect(await interfaceOf(client)).toBe('locked')
    expect(await client.vault.openInterface({ kit })).toMatchObject({ interface: 'open' })
    await client.vault.lockInterface()
    expect(await client.vault.openInterface({ passphrase: aPassphrase })).toMatchObject({ interface: 'open' })
  })

  it('is not opened by unlocking a vault that is open already, unless with what opens it', async () => {
    const { client } = await anOpenApp()
    await client.vault.createKit()
    await client.vault.lockInterface()
    expect(await failureOf(client.vault.unlock({ passphrase: 'not the passphrase' }))).toMatchObject({
      code: 'WRONG_PASSPHRASE',
    })
    expect(await failureOf(client.vault.unlockWithKit({ kit: 'nonsense' }))).toMatchObject({ code: 'WRONG_KIT' })
    expect(await failureOf(client.vault.unlockWithProtector())).toMatchObject({ code: 'INTERFACE_LOCKED' })
    expect(await interfaceOf(client)).toBe('locked')
    expect(await client.vault.unlock({ passphrase: aPassphrase })).toMatchObject({ interface: 'open' })
  })

  it('is opened by the keychain only where there is no passphrase', async () => {
    const { client } = await aTestApp({ protectors: [aKeychain()] })
    await client.vault.create({ protection: 'os' })
    await client.vault.lockInterface()
    expect(await client.vault.openInterface({ protector: true })).toMatchObject({
      interface: 'open',
      canVerify: false,
    })
  })

  it('stays closed over a restart where the keychain opens the vault by itself', async () => {
    const kept = new Map<string, unknown>()
    const settings = {
      get: (name: string) => kept.get(name),
      set: (name: string, value: unknown) => void kept.set(name, value),
    }
    const about = { protectors: [aKeychain()], dataFolder: temporaryFolder(), settings }
    const first = await aTestApp(about)
    await first.client.vault.create({ protection: 'os', passphrase: aPassphrase })
    await first.app.close()
    const second = await aTestApp(about)
    expect(await second.client.vault.status()).toMatchObject({ state: 'unlocked', interface: 'open' })
    await second.client.vault.lockInterface()
    await second.app.close()
    const { client } = await aTestApp(about)
    expect(await client.vault.status()).toMatchObject({ state: 'unlocked', interface: 'locked' })
    expect(await client.vault.openInterface({ passphrase: aPassphrase })).toMatchObject({ interface: 'open' })
  })
})

describe('idle time', () => {
  it('closes the interface after fifteen minutes and leaves the vault open', async () => {
    const { client, clock } = await anOpenApp()
    await clock.advance(15 * minuteMs - 1)
    expect(await interfaceOf(client)).toBe('open')
    await clock.advance(1)
    expect(await client.vault.status()).toMatchObject({ state: 'unlocked', interface: 'locked' })
  })

  it('begins anew whenever the page tells of use', async () => {
    const { client, clock } = await anOpenApp()
    await clock.advance(14 * minuteMs)
    await client.vault.activity()
    await clock.advance(14 * minuteMs)
    expect(await interfaceOf(client)).toBe('open')
    await clock.advance(minuteMs)
    expect(await interfaceOf(client)).toBe('locked')
  })

  it('tells the pages when it is over', async () => {
    const { client, clock } = await anOpenApp()
    const heard = firstHeard(await client.events.live())
    await clock.advance(16 * minuteMs)
    expect(await heard).toContain('vault-changed')
  })

  it('counts the time that the machine slept, by the first that asks afterwards', async () => {
    const { client, clock } = await anOpenApp()
    const { modelId, id } = await addModel(client, [secret])
    clock.wallOffsetMs += 8 * 60 * minuteMs
    await client.vault.activity()
    expect(await failureOf(client.keys.reveal({ modelId, id }))).toMatchObject({ code: 'INTERFACE_LOCKED' })
  })

  it('is as long as the settings say, from the moment they are changed; 0 is never', async () => {
    const { client, clock } = await anOpenApp()
    await client.settings.set({ idleLockMinutes: 0 })
    await clock.advance(24 * 60 * minuteMs)
    expect(await interfaceOf(client)).toBe('open')
    await client.vault.activity()
    await client.settings.set({ idleLockMinutes: 2 })
    await clock.advance(2 * minuteMs)
    expect(await interfaceOf(client)).toBe('locked')
  })

  it('locks the vault as well where a person has chosen that, also when the interface was closed before', async () => {
    const { client, clock } = await anOpenApp()
    await client.settings.set({ lockVaultOnIdle: true })
    await client.vault.lockInterface()
    await clock.advance(15 * minuteMs)
    expect(await client.vault.status()).toMatchObject({ state: 'locked', interface: 'locked' })
    expect(await client.models.list()).toEqual([])
  })

  it('does not lock the vault of a person who is at work when that is switched on late', async () => {
    const { client, clock } = await anOpenApp()
    await clock.advance(60 * minuteMs)
    await client.vault.activity()
    await client.settings.set({ lockVaultOnIdle: true })
    await clock.advance(minuteMs)
    expect(await client.vault.status()).toMatchObject({ state: 'unlocked', interface: 'locked' })
  })

  it('leaves no timer behind when the application ends', async () => {
    const clock = new FakeClock()
    const { client, app } = await aTestApp({}, { clock })
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    await app.close()
    expect(clock.pending).toBe(0)
  })
})

describe('a machine that goes to sleep', () => {
  async function asleep(lockVaultOnIdle: boolean) {
    let tell = () => {}
    const { client } = await aTestApp({ onAway: (listener) => void (tell = listener) })
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    await client.settings.set({ lockVaultOnIdle })
    tell()
    return client
  }

  it('locks the interface and leaves the vault open, because programs may be using it', async () => {
    expect(await (await asleep(false)).vault.status()).toMatchObject({ state: 'unlocked', interface: 'locked' })
  })

  it('locks the vault too where a person asked for it', async () => {
    const client = await asleep(true)
    await expect.poll(async () => (await client.vault.status()).state).toBe('locked')
  })
})
