import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { passphraseBytes, scryptKey } from '../../electron/vault/passphrase.ts'
import { fingerprintOf, openRecord, sealRecord } from '../../electron/vault/record.ts'
import { kitKey, parseKit, writeKit } from '../../electron/vault/recovery-kit.ts'
import { isSound, makeSlot, openSlot } from '../../electron/vault/slot.ts'
import { encodeVaultFile, openBody, parseVaultFile } from '../../electron/vault/vault-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { addSecret, openVault } from './vault-builder.ts'

const fixture = join(import.meta.dirname, '..', 'fixtures', 'vault', 'format-1.keywheel')

/** Counts 1, 2, 3 …, so that the vectors can be made again by anyone. */
function counting() {
  let next = 0
  return (size: number) => Buffer.from(Array.from({ length: size }, () => (next += 1) & 255))
}

const dek = Buffer.from(Array.from({ length: 32 }, (_, nth) => nth))
const keys = { dek, vaultId: 'vault-1' }

// Each value below was also computed with Python's hashlib and cryptography, from the description of the format alone.
describe('format 1, in fixed vectors', () => {
  const random = counting()
  const params = { kdf: 'scrypt', N: 131072, r: 8, p: 1, salt: 'c2FsdHNhbHRzYWx0c2FsdA' }
  const slot = makeSlot(dek, Buffer.alloc(32, 0xaa), 'vault-1', { kind: 'pass', params }, random)
  const binding = { id: 'key-1', field: 'secret', rev: 3, allowedHosts: ['api.example.com'] }
  const record = sealRecord(keys, binding, Buffer.from('sk-test'), random)

  it('wraps the data key in a slot', () => {
    expect(slot).toEqual({
      id: 'AQIDBAUGBwg',
      kind: 'pass',
      params,
      nonce: 'CQoLDA0ODxAREhMU',
      wrapped: 'g-8QcUa45cHZr1jMjJSLi22ckEDYAGHDfrIPA6uHLULSuY8QAy4chDYBMrw2HD0L',
      sum: 'xl2qZQ',
    })
    expect(openSlot(Buffer.alloc(32, 0xaa), 'vault-1', slot)).toEqual(dek)
    expect(openSlot(Buffer.alloc(32, 0xab), 'vault-1', slot)).toBeNull()
    expect(isSound('vault-1', slot)).toBe(true)
  })

  it('seals a secret for its record, field, revision and hosts', () => {
    expect(record).toEqual({
      ...binding,
      fp: '513455c0ae481b38d568a70a1d989dbd',
      nonce: 'FRYXGBkaGxwdHh8g',
      ct: '2ovy-jMX_Q',
      tag: 'Ii-LOd0DM_SM46qaJtWhMA',
    })
    expect(fingerprintOf(keys, Buffer.from('sk-test'))).toBe(record.fp)
    expect(openRecord(keys, record)?.toString()).toBe('sk-test')
  })

  it.each([
    ['id', { id: 'key-2' }],
    ['field', { field: 'proxy' }],
    ['revision', { rev: 2 }],
    ['hosts', { allowedHosts: ['evil.example.com'] }],
    ['hosts, one more', { allowedHosts: ['api.example.com', 'evil.example.com'] }],
    ['hosts, cut apart elsewhere', { allowedHosts: ['api.', 'example.com'] }],
    ['tag, shortened', { tag: 'Ii-LOQ' }],
    ['nonce', { nonce: 'FRYXGBkaGxwdHh8h' }],
  ])('does not open a secret under another %s', (_what, change) => {
    expect(openRecord(keys, { ...record, ...change })).toBeNull()
  })

  it('writes a file', () => {
    const values = { vaultId: 'vault-1', generation: 7, slots: [slot], saveSalt: Buffer.alloc(32, 0x55) }
    const bytes = encodeVaultFile(values, dek, Buffer.from('{"body":1}'))
    expect(bytes.toString('base64')).toBe(
      'S0VZV0hFRUwAAQABAAABdHsiYm9keUxlbiI6MTAsImdlbmVyYXRpb24iOjcsInByZWZpeFN1bSI6Ilk1Ry1pZyIsInNhdmVTYWx0IjoiVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVlZWVSIsInNsb3RzIjpbeyJpZCI6IkFRSURCQVVHQndnIiwia2luZCI6InBhc3MiLCJub25jZSI6IkNRb0xEQTBPRHhBUkVoTVUiLCJwYXJhbXMiOnsiTiI6MTMxMDcyLCJrZGYiOiJzY3J5cHQiLCJwIjoxLCJyIjo4LCJzYWx0IjoiYzJGc2RITmhiSFJ6WVd4MGMyRnNkQSJ9LCJzdW0iOiJ4bDJxWlEiLCJ3cmFwcGVkIjoiZy04UWNVYTQ1Y0hacjFqTWpKU0xpMjJja0VEWUFHSERmcklQQTZ1SExVTFN1WThRQXk0Y2hEWUJNcncySEQwTCJ9XSwidmF1bHRJZCI6InZhdWx0LTEifbppnWt+WE1Gho4dLbC/S116VrF1Ianuf4+X',
    )
    const parsed = parseVaultFile(bytes)
    expect(parsed.kind === 'vault' ? openBody(parsed.file, dek)?.toString() : parsed.kind).toBe('{"body":1}')
  })

  it('derives the key of a passphrase with scrypt', async () => {
    const bytes = passphraseBytes('correct horse battery')
    const key = await scryptKey(bytes, Buffer.from('saltsaltsaltsalt'), { N: 131072, r: 8, p: 1 })
    expect(key.toString('hex')).toBe('2e4e97b37ae2f03cabb4e6dbba2d0c43e8e01935d1b80ab285d0cd92cb1ccb60')
  })

  it('writes and reads a recovery kit', () => {
    const secret = Buffer.from(Array.from({ length: 20 }, (_, nth) => (nth * 13) & 255))
    expect(writeKit(secret)).toBe('006HZ-M9SM2-8575D-PT3NC-GA7SR-SADPE-RF8DQ-VTQQR')
    expect(parseKit(writeKit(secret))).toEqual(secret)
    expect(kitKey(secret, Buffer.alloc(16, 1)).toString('hex')).toBe(
      'a65cbf4f730b205a21251c273cf25b78706d91aadcbf2d61e91744b6cb6cf669',
    )
  })
})

/** Written by the first version. It is never written again: whatever comes later must open it. */
describe('the kept vault of format 1', () => {
  function aCopy() {
    const folder = join(temporaryFolder(), 'data')
    mkdirSync(folder)
    cpSync(fixture, join(folder, 'vault.keywheel'))
    return folder
  }

  it('opens with its passphrase, and has all that was put in', async () => {
    const vault = await openVault({ folder: aCopy(), deriveKey: scryptKey })
    expect(vault.status()).toMatchObject({ state: 'locked', protections: ['pass'] })
    await vault.unlock({ passphrase: 'format one, kept forever' })
    expect(vault.read()).toMatchObject({ metadata: { notes: ['format 1', '模型'] } })
    expect(vault.secretFor('key-1', 'eu.example.com')).toBe('sk-fixture-0123456789abcdef')
    expect(vault.secretOf('key-1', 'proxy')).toBe('proxy-password')
    expect(vault.fingerprint('sk-fixture-0123456789abcdef')).toBe('0c5ccf39b5d7872de79d7fdd7f9a4e5c')
    expect(vault.auditTrail()).toMatchObject({ isWhole: true, dropped: 0 })
    expect(vault.auditTrail().entries.map(({ action }) => action)).toEqual(['create', 'new-kit', 'unlock'])
  })

  it('opens with its recovery kit, and can be saved', async () => {
    const folder = aCopy()
    const vault = await openVault({ folder })
    await vault.unlockWithKit({ kit: '4f1se d5nz7 2zk9g 2vs9s dtlvk hmidq jss91 2ewo2' })
    await addSecret(vault, 'new', 'sk-new')
    expect(readFileSync(join(folder, 'vault.keywheel')).subarray(0, 10)).toEqual(readFileSync(fixture).subarray(0, 10))
    expect(vault.read().metadata.notes).toEqual(['format 1', '模型', 'new'])
  })
})
