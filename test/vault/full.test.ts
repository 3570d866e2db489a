import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { reservedBytes, sealSession, type Session } from '../../electron/vault/session.ts'
import { maxBodyBytes, maxFileBytes } from '../../electron/vault/vault-file.ts'
import { Failure } from '../../shared/failure.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { addSecret, aVault } from './vault-builder.ts'

const sessionOf = (metadata: string): Session<string> => ({
  dek: randomBytes(32),
  vaultId: 'a-vault',
  generation: 1,
  slots: [],
  contents: {
    metadata,
    records: new Map(),
    audit: { dropped: 0, base: '', entries: [] },
    kitConfirmed: false,
    savedAtMs: 0,
  },
  newerFormat: null,
})

it('what a vault cannot hold is refused as that, and never sealed into a file that no start would read', () => {
  const sealed = sealSession(sessionOf('x'.repeat(maxBodyBytes - 10_000)), randomBytes(32))
  expect(sealed.length).toBeLessThanOrEqual(maxFileBytes)
  let failure: unknown
  try {
    sealSession(sessionOf('x'.repeat(maxBodyBytes)), randomBytes(32))
  } catch (error) {
    failure = error
  }
  expect(failure).toBeInstanceOf(Failure)
  expect(failure).toMatchObject({ code: 'VAULT_FULL' })
})

it('a vault that takes no more secrets still takes down what is done, and is emptied, which makes room', async () => {
  const vault = await aVault({ folder: temporaryFolder() })
  const padding = { recordId: 'padding', allowedHosts: ['api.example.com'] }
  // Base64 makes four characters of three bytes.
  const bytes = Buffer.alloc(Math.floor(((maxBodyBytes - reservedBytes / 2) * 3) / 4))
  await vault.commit((draft) => draft.sealSecret('small', padding))
  await vault.commit((draft) => draft.sealSecret(bytes, padding))
  const { generation } = vault.read()

  await expect(addSecret(vault, 'one-more', 'sk-of-a-vault-that-is-full')).rejects.toMatchObject({ code: 'VAULT_FULL' })
  expect(vault.read().generation).toBe(generation)
  expect(vault.read().metadata.notes).toEqual(['first'])

  await vault.audit({ action: 'reveal', subject: 'first' })
  await vault.commit((draft) => {
    draft.metadata.notes.push('a change without a secret')
    draft.removeSecret('padding')
  })
  await addSecret(vault, 'one-more', 'sk-of-a-vault-that-is-full')
  expect(vault.secretOf('one-more')).toBe('sk-of-a-vault-that-is-full')
  await vault.lock()
})
