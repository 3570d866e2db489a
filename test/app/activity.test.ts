import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { noFilter } from '../../shared/activity.ts'
import { say } from '../support/open-app.ts'
import { aTestApp } from '../support/test-app.ts'

const newest = { filter: noFilter, position: null, direction: 'older', limit: 50 } as const

/** An application whose simulator has answered so many messages. */
async function anAppThatAnswered(messages: number) {
  const started = await aTestApp()
  const { modelId } = await started.client.simulator.start()
  for (let nth = 0; nth < messages; nth += 1) {
    await Array.fromAsync(await started.client.playground.chat(say(modelId)))
  }
  return { ...started, modelId }
}

describe('the journal', () => {
  it('keeps each request with its attempts, and why each key was chosen', async () => {
    const { client, modelId } = await anAppThatAnswered(3)
    const recent = await client.activity.recent({ limit: 10 })
    const { requests } = await client.activity.requests(newest)
    expect(requests).toEqual(recent.map((request) => ({ ...request, position: expect.any(Number), costMicros: null })))
    const detail = await client.activity.request({ id: requests[0]!.id })
    expect(detail?.decisions.map(({ decision }) => decision)).toMatchObject([
      { keyId: requests[0]!.attempts[0]!.keyId, strategy: 'round-robin', rule: 'next-in-turn' },
      ...requests[0]!.attempts.slice(1).map(({ keyId }) => ({ keyId })),
    ])
    expect(requests.every((request) => request.modelId === modelId)).toBe(true)
  })

  it('outlives the application', async () => {
    const first = await anAppThatAnswered(2)
    const { requests } = await first.client.activity.requests(newest)
    await first.app.close()
    const second = await aTestApp({ dataFolder: first.host.dataFolder })
    expect((await second.client.activity.requests(newest)).requests).toEqual(requests)
    expect(await second.client.activity.status()).toMatchObject({
      kept: 'file',
      dropped: 0,
      trouble: null,
      requests: 2,
    })
  })

  it.skipIf(process.platform === 'win32')('lies in the data folder, closed to other users', async () => {
    const { host, app } = await anAppThatAnswered(1)
    await app.close()
    expect(statSync(join(host.dataFolder, 'journal.db')).mode & 0o777).toBe(0o600)
  })

  it('is empty once it was cleared, and goes on', async () => {
    const { client, modelId } = await anAppThatAnswered(2)
    await client.activity.clear()
    expect((await client.activity.requests(newest)).requests).toEqual([])
    await Array.fromAsync(await client.playground.chat(say(modelId)))
    expect((await client.activity.requests(newest)).requests).toHaveLength(1)
  })
})
