import { describe, expect, it } from 'vitest'
import type { Conversation } from '../../shared/conversation.ts'
import { anOpenApp, failureOf } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'
import { aConversation, anAnswer, aPane, aPreset, aQuestion } from './a-conversation.ts'

const titles = async (client: Awaited<ReturnType<typeof aTestApp>>['client']) =>
  (await client.conversations.list()).conversations.map(({ title }) => title)

const texts = ({ panes }: Conversation) =>
  panes[0]!.messages.map((message) => (message.kind === 'answer' ? message.answer.text : message.content))

describe('conversations', () => {
  it('are listed by what is known of them, the one that was changed last first', async () => {
    const { client, clock } = await anOpenApp()
    const [cats, dogs] = [aConversation(), aConversation({ title: 'About dogs' })]
    await client.conversations.save(cats)
    await clock.advance(1_000)
    await client.conversations.save(dogs)
    await clock.advance(1_000)
    expect(await titles(client)).toEqual(['About dogs', 'About cats'])
    await client.conversations.save({ ...cats, revision: 1 })
    const { conversations, kept, damaged } = await client.conversations.list()
    expect({ kept, damaged }).toEqual({ kept: 'vault', damaged: 0 })
    expect(conversations[0]).toMatchObject({ id: cats.id, messages: 2, models: ['glm-4.7'] })
    expect(conversations[0]!.updatedAtMs - conversations[0]!.createdAtMs).toBe(2_000)
  })

  it('are there again after a restart, whole', async () => {
    const { client, app, host } = await anOpenApp()
    const cats = aConversation({ system: 'Be kind.', parameters: { temperature: 0.5, extra: { top_k: 3 } } })
    await client.conversations.save(cats)
    const before = await client.conversations.get({ id: cats.id })
    await app.close()
    const next = await aTestApp({ dataFolder: host.dataFolder })
    await next.client.vault.unlock({ passphrase: aPassphrase })
    expect(await next.client.conversations.get({ id: cats.id })).toEqual(before)
    expect(before).toMatchObject({ system: 'Be kind.', parameters: { temperature: 0.5, extra: { top_k: 3 } } })
  })

  it('keep every message that a change does not name, and take those that it names', async () => {
    const { client } = await anOpenApp()
    const cats = aConversation()
    await client.conversations.save(cats)
    const branch = [aQuestion('q2', 'And a lion?'), anAnswer('a1', 'A small animal, mostly asleep.', 'q1')]
    const { revision } = await client.conversations.save({ ...cats, revision: 1, panes: [aPane(...branch)] })
    expect(revision).toBe(2)
    expect(texts(await client.conversations.get({ id: cats.id }))).toEqual([
      'What is a cat?',
      'A small animal, mostly asleep.',
      'And a lion?',
    ])
  })

  it('are never written over by a page that was shown another version', async () => {
    const { client } = await anOpenApp()
    const cats = aConversation()
    await client.conversations.save(cats)
    await client.conversations.save({ ...cats, revision: 1, system: 'from one page' })
    const stale = client.conversations.save({ ...cats, revision: 1, system: 'from another' })
    expect(await failureOf(stale)).toMatchObject({ code: 'CONVERSATION_CHANGED' })
    expect((await client.conversations.get({ id: cats.id })).system).toBe('from one page')
  })

  it('are saved one after the other, however many pages save at once', async () => {
    const { client } = await anOpenApp()
    const cats = aConversation()
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => client.conversations.save(cats)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('have the name that a person gave them, also after the next answer was saved', async () => {
    const { client } = await anOpenApp()
    const cats = aConversation()
    await client.conversations.save(cats)
    await client.conversations.rename({ id: cats.id, title: ' Felines ' })
    await client.conversations.save({ ...cats, revision: 1 })
    expect(await titles(client)).toEqual(['Felines'])
  })

  it('are gone when they are deleted, and back as they were when that is undone', async () => {
    const { client } = await anOpenApp()
    const cats = aConversation()
    await client.conversations.save(cats)
    const before = await client.conversations.get({ id: cats.id })
    await client.conversations.remove({ id: cats.id })
    expect(await titles(client)).toEqual([])
    expect(await failureOf(client.conversations.get({ id: cats.id }))).toMatchObject({ code: 'CONVERSATION_NOT_FOUND' })
    await client.conversations.restore({ id: cats.id })
    expect(await client.conversations.get({ id: cats.id })).toEqual(before)
    expect(await failureOf(client.conversations.restore({ id: cats.id }))).toMatchObject({
      code: 'CONVERSATION_NOT_FOUND',
    })
  })

  it('cannot grow beyond what a page takes in one message', async () => {
    const { client } = await anOpenApp()
    const cats = aConversation()
    const long = Array.from({ length: 11 }, (_, index) => aQuestion(`q${index}`, 'x'.repeat(1_000_000)))
    const call = client.conversations.save({ ...cats, panes: [aPane(...long)] })
    expect(await failureOf(call)).toMatchObject({ code: 'CONVERSATION_FULL', data: { mebibytes: 10 } })
    expect(await titles(client)).toEqual([])
  })
})

describe('a search', () => {
  it('finds words in titles, questions and answers of every branch, whatever their case', async () => {
    const { client } = await anOpenApp()
    const cats = aConversation()
    const dogs = aConversation({
      title: 'Others',
      panes: [aPane(aQuestion('q1', 'dogs'), aQuestion('q2', '狗和猫？ (a+b)*')), { ...aPane(), id: 'pane-2' }],
    })
    await client.conversations.save(cats)
    await client.conversations.save(dogs)
    const found = async (words: string) => (await client.conversations.search({ words })).map(({ id }) => id)
    expect(await found('SMALL')).toEqual([cats.id])
    expect(await found('others')).toEqual([dogs.id])
    expect(await found('狗和')).toEqual([dogs.id])
    expect(await found('(a+b)*')).toEqual([dogs.id])
    expect(await found('.*')).toEqual([])
  })

  it('says where the words stand', async () => {
    const { client } = await anOpenApp()
    const long = `${'before '.repeat(20)}NEEDLE${' after'.repeat(20)}`
    await client.conversations.save(aConversation({ panes: [aPane(aQuestion('q', long))] }))
    const [found] = await client.conversations.search({ words: 'needle' })
    expect(found).toMatchObject({ match: 'NEEDLE' })
    expect(found?.before).toMatch(/^….*before $/)
    expect(found?.after).toMatch(/^ after.*…$/)
  })
})

describe('presets', () => {
  it('are kept by name, in its order, and never two of one name', async () => {
    const { client } = await anOpenApp()
    const [brief, kind] = [aPreset(), aPreset({ name: 'A kind one' })]
    await client.conversations.savePreset(brief)
    expect((await client.conversations.savePreset(kind)).map(({ name }) => name)).toEqual(['A kind one', 'Brief'])
    expect(await failureOf(client.conversations.savePreset(aPreset()))).toMatchObject({
      code: 'PRESET_NAME_TAKEN',
      data: { name: 'Brief' },
    })
    await client.conversations.savePreset({ ...brief, system: 'Be very brief.' })
    expect(await client.conversations.removePreset({ id: kind.id })).toEqual([{ ...brief, system: 'Be very brief.' }])
  })

  it('are not conversations', async () => {
    const { client } = await anOpenApp()
    await client.conversations.savePreset(aPreset())
    expect(await titles(client)).toEqual([])
  })
})
