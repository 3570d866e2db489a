import { FakeClock } from './fake-clock.ts'
import { aPassphrase, aTestApp } from './test-app.ts'
import type { Host } from '../../electron/host/host.ts'

export type TestClient = Awaited<ReturnType<typeof aTestApp>>['client']

/** An application whose vault is open under a passphrase, with a clock that a test moves. */
export async function anOpenApp(over: Partial<Host> = {}) {
  const clock = new FakeClock()
  const app = await aTestApp(over, { clock })
  await app.client.vault.create({ protection: 'pass', passphrase: aPassphrase })
  return { ...app, clock }
}

/** Adds a model with these keys, and returns the ids of both. */
export async function addModel(client: TestClient, secrets: readonly string[], about: Partial<NewModel> = {}) {
  const { id: modelId } = await client.models.add({ ...plainModel, ...about })
  const { ids } = await client.keys.add({ modelId, keys: secrets.map((secret) => ({ secret })) })
  const [id] = ids
  if (id === undefined) throw new Error('a model of no keys')
  return { modelId, ids, id }
}

type NewModel = Parameters<TestClient['models']['add']>[0]

const plainModel: NewModel = {
  name: 'gpt-4o',
  provider: null,
  apiBase: 'https://api.openai.com/v1',
  temperature: null,
  strategy: 'ordered',
}

/** Looks at a text as a page would, and takes over every model of it, or those of these names. */
export async function importText(client: TestClient, text: string, { names, allowedMoves = [] }: ImportOptions = {}) {
  const { id, models } = await client.transfer.preview({ base64: Buffer.from(text).toString('base64') })
  return client.transfer.apply({ ...takingAll(id, models, names), allowedMoves })
}

interface ImportOptions {
  names?: readonly string[]
  allowedMoves?: { from: string; to: string }[]
}

/** The choice that takes each row as it is offered. */
export function takingAll(id: string, models: readonly { name: string }[], names?: readonly string[]) {
  const rows = models.flatMap(({ name }, row) =>
    names === undefined || names.includes(name)
      ? [{ row, mode: 'merge' as const, withoutFields: [], withoutKeys: [] }]
      : [],
  )
  return { id, rows, looseKeys: null, allowedMoves: [] }
}

export const say = (modelId: NewChat['modelId']): NewChat => ({
  modelId,
  messages: [{ role: 'user', content: 'hello' }],
  keyId: null,
  parameters: {},
})

type NewChat = Parameters<TestClient['playground']['chat']>[0]

/** The code and the data of what a call fails with. */
export async function failureOf(call: Promise<unknown>): Promise<{ code: unknown; data: unknown }> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return { code: error.code, data: 'data' in error ? error.data : null }
    throw error
  }
  throw new Error('the call did not fail')
}
