import * as nodeFs from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ExportChoice } from '../../../shared/export.ts'
import { addModel, anOpenApp, failureOf, type TestClient } from '../../support/open-app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** A model, and a way to look at an export of it through the gateway. */
async function aPlace() {
  const path = join(nodeFs.realpathSync(temporaryFolder()), '.env')
  const { client } = await anOpenApp()
  const { modelId, ids } = await addModel(client, ['sk-canary-of-the-client-0001'])
  const look = (token: ExportChoice['token'] = null, to = path) => {
    const models = [{ id: modelId, keyIds: ids }]
    return client.export.preview({
      choice: { models, format: 'dotenv', form: 'gateway', path: to, token },
      whole: false,
    })
  }
  return { client, path, look }
}

async function anExport() {
  const place = await aPlace()
  await place.client.export.write({ id: (await place.look()).id })
  const [made] = await place.client.gateway.clients()
  if (made === undefined) throw new Error('no client was made')
  return { ...place, made, before: nodeFs.readFileSync(place.path, 'utf8') }
}

const write = async (client: TestClient, id: string) => failureOf(client.export.write({ id }))

describe('the client of a file', () => {
  it.each(['keep', 'rotate'] as const)(
    'that was revoked after the preview is not written (%s), and the next preview makes another',
    async (token) => {
      const { client, path, look, made, before } = await anExport()
      nodeFs.appendFileSync(path, 'A=1\n')
      const { id } = await look(token)
      await client.gateway.revokeClient({ id: made.id })
      expect(await write(client, id)).toMatchObject({ code: 'EXPORT_EXPIRED' })
      expect(nodeFs.readFileSync(path, 'utf8')).toBe(`${before}A=1\n`)
      const again = await look(token)
      expect(again.client).toBeNull()
      expect(await client.export.write({ id: again.id })).toMatchObject({ client: { what: 'minted' } })
    },
  )

  it('that got another token after the preview does not get the old one back into its file', async () => {
    const { client, look, made } = await anExport()
    const { id } = await look('keep')
    await client.gateway.rotateClient({ id: made.id })
    expect(await write(client, id)).toMatchObject({ code: 'EXPORT_EXPIRED' })
  })

  it('is made once where two pages looked at the same new file', async () => {
    const { client, look } = await aPlace()
    const [one, other] = [await look(), await look()]
    await client.export.write({ id: one.id })
    expect(await write(client, other.id)).toMatchObject({ code: 'FILE_CHANGED' })
    expect(await client.gateway.clients()).toHaveLength(1)
  })

  it('is named anew when another file of that name was exported after the preview', async () => {
    const { client, path, look } = await aPlace()
    const twin = join(path, '..', 'x', '.env')
    const other = join(path, '..', 'y', 'x', '.env')
    for (const file of [twin, other]) nodeFs.mkdirSync(join(file, '..'), { recursive: true })
    const [one, late] = [await look(null, twin), await look(null, other)]
    await client.export.write({ id: one.id })
    expect(await write(client, late.id)).toMatchObject({ code: 'EXPORT_EXPIRED' })
    expect(nodeFs.existsSync(other)).toBe(false)
    await client.export.write({ id: (await look(null, other)).id })
    expect((await client.gateway.clients()).map(({ name }) => name)).toEqual(['x/.env', 'x/.env (2)'])
  })
})
