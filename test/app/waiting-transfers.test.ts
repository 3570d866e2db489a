import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { addModel, anOpenApp, failureOf, takingAll } from '../support/open-app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { aPassphrase } from '../support/test-app.ts'

const text = `LLM_MODEL_CONFIGS='{"glm-4.7": {"api_key": "secret-of-the-first-account-0001", "api_base": "https://open.bigmodel.cn/api/paas/v4"}}'`
const bytes = { base64: Buffer.from(text).toString('base64') }

/** Locks the vault and opens it again, as somebody else might. */
async function relocked() {
  const app = await anOpenApp()
  const relock = async () => {
    await app.client.vault.lock()
    await app.client.vault.unlock({ passphrase: aPassphrase })
  }
  return { ...app, relock }
}

describe('what was shown before the vault was locked', () => {
  it('of an import is not applied after it', async () => {
    const { client, relock } = await relocked()
    const { id, models } = await client.transfer.preview(bytes)
    await relock()
    expect(await failureOf(client.transfer.apply(takingAll(id, models)))).toMatchObject({ code: 'IMPORT_EXPIRED' })
    expect(await client.models.list()).toEqual([])
  })

  it('of an export is not revealed after it', async () => {
    const { client, relock } = await relocked()
    const { modelId, ids } = await addModel(client, ['secret-of-the-first-account-0001'])
    const choice = {
      models: [{ id: modelId, keyIds: ids }],
      form: 'keys' as const,
      format: 'dotenv' as const,
      path: join(temporaryFolder(), '.env'),
      token: null,
    }
    const { id } = await client.export.preview({ choice, whole: true })
    await relock()
    expect(await failureOf(client.export.reveal({ id, whole: true }))).toMatchObject({ code: 'EXPORT_EXPIRED' })
  })
})
