import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { sealSession, type Session } from '../../electron/vault/session.ts'
import { maxBodyBytes, maxFileBytes } from '../../electron/vault/vault-file.ts'
import { Failure } from '../../shared/failure.ts'

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
