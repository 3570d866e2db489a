import { describe, expect, it } from 'vitest'
import type { ModelId } from '../../shared/identity.ts'
import { strategies } from '../../shared/model.ts'
import type { ScenarioName, ScenarioView } from '../../shared/rehearsal.ts'
import { keysNeeded, scenarioNames, scenarioSteps } from '../../shared/rehearsal-terms.ts'
import { scenarios } from '../../electron/rehearsal/scenarios.ts'
import { addModel, failureOf, type TestClient } from '../support/open-app.ts'
import { aPassphrase, aTestApp } from '../support/test-app.ts'
import { aQuickClock } from '../support/quick-clock.ts'

async function anApp() {
  const app = await aTestApp({}, { clock: aQuickClock(8) })
  return app.client
}

async function played(client: TestClient, modelId: ModelId, name: ScenarioName): Promise<ScenarioView> {
  await client.rehearsal.play({ modelId, name, prompt: 'Tell me which key answered.' })
  return ended(client)
}

/** The scenario as it stands when it has ended; asked for whenever main says that something changed. */
async function ended(client: TestClient): Promise<ScenarioView> {
  for await (const batch of await client.events.live()) {
    const { scenario } = await client.rehearsal.status()
    if (scenario && scenario.state !== 'running') return scenario
    void batch
  }
  throw new Error('main told nothing any more')
}

/** What was expected and did not happen, in words. */
const missedBy = ({ steps }: ScenarioView) =>
  steps.flatMap(({ name, checks, requests }) =>
    checks.flatMap((check) =>
      check.holds
        ? []
        : [
            `${name}: ${check.name} ${JSON.stringify(requests.map(({ result, attempts }) => [result, attempts.map(({ keyLabel, probe, outcome }) => `${keyLabel} ${probe} ${outcome?.kind} ${outcome?.cause}`)]))}`,
          ],
    ),
  )

describe('the ready-made scenarios', { timeout: 60_000 }, () => {
  it.each(scenarioNames)("'%s' ends as it is written on the simulator's model", async (name) => {
    const client = await anApp()
    const { modelId } = await client.simulator.start()
    const view = await played(client, modelId, name)
    expect(missedBy(view)).toEqual([])
    expect(view.state).toBe('held')
    expect(view.steps.map((step) => step.name)).toEqual(scenarioSteps[name])
    expect(await client.rehearsal.status()).toMatchObject({ rehearsal: null })
  })

  it.each(strategies)('end as they are written under the strategy %s, with three keys', async (strategy) => {
    const client = await anApp()
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    const secrets = ['sk-not-a-real-key-0001', 'sk-not-a-real-key-0002', 'sk-not-a-real-key-0003']
    const { modelId } = await addModel(client, secrets, { strategy })
    for (const name of scenarioNames) expect(missedBy(await played(client, modelId, name))).toEqual([])
  })

  it('refuses to begin where there are fewer keys than it takes to show anything', async () => {
    const client = await anApp()
    await client.vault.create({ protection: 'pass', passphrase: aPassphrase })
    const { modelId } = await addModel(client, ['sk-not-a-real-key-0001'])
    const call = client.rehearsal.play({ modelId, name: 'storm', prompt: 'hello' })
    expect(await failureOf(call)).toEqual({ code: 'REHEARSAL_NEEDS_KEYS', data: { needed: 3, usable: 1 } })
    expect(await client.rehearsal.status()).toEqual({ rehearsal: null, scenario: null })
  })

  it('stops when a person ends it, and says that it was stopped', async () => {
    const client = await anApp()
    const { modelId } = await client.simulator.start()
    await client.rehearsal.play({ modelId, name: 'storm', prompt: 'hello' })
    await client.rehearsal.end()
    expect((await ended(client)).state).toBe('stopped')
  })

  it('stops when the simulator is switched off in the middle, and leaves no rehearsal on', async () => {
    const { client, bugs } = await aTestApp({}, { clock: aQuickClock(8) })
    const { modelId } = await client.simulator.start()
    await client.rehearsal.play({ modelId, name: 'storm', prompt: 'x' })
    await client.simulator.stop()
    expect((await ended(client)).state).toBe('stopped')
    expect((await client.rehearsal.status()).rehearsal).toBeNull()
    expect(bugs).toEqual([])
  })

  it('have the steps that the page has words for', () => {
    for (const name of scenarioNames) {
      expect(scenarios[name].map((step) => step.name)).toEqual(scenarioSteps[name])
      expect(keysNeeded[name]).toBeGreaterThan(0)
    }
  })
})
