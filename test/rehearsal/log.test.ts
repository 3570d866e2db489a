import { expect, it } from 'vitest'
import { addModel, anOpenApp } from '../support/open-app.ts'

it('says in the log when a rehearsal began and ended, of which model and by which scenario', async () => {
  const { client } = await anOpenApp()
  const { modelId } = await addModel(client, ['sk-not-a-real-key-0001'])
  await client.rehearsal.begin({ modelId, answersHere: true, includesGateway: false })
  await client.rehearsal.end()
  await client.rehearsal.play({ modelId, name: 'stream-fails', prompt: 'hi' })
  await client.rehearsal.end()
  const { lines } = await client.log.tail({ lines: 100 })
  const told = lines.filter(({ event }) => event.startsWith('rehearsal-'))
  expect(told.map(({ event, fields }) => ({ event, ...fields }))).toEqual([
    { event: 'rehearsal-began', model: 'gpt-4o' },
    { event: 'rehearsal-ended', model: 'gpt-4o' },
    { event: 'rehearsal-began', model: 'gpt-4o', scenario: 'stream-fails' },
    { event: 'rehearsal-ended', model: 'gpt-4o', scenario: 'stream-fails' },
  ])
})
