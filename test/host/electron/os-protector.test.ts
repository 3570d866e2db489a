import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createOsProtector as createProtector, type Keychain } from '../../../electron/host/electron/os-protector.ts'

const createOsProtector = (keychain: Keychain, platform: NodeJS.Platform) =>
  createProtector(keychain, platform, async () => {})

/** A keychain that remembers, and marks what it sealed as Chromium does. */
function aKeychain({ backend = 'gnome_libsecret', prefix = 'v11', available = true } = {}): Keychain {
  const kept: string[] = []
  return {
    getSelectedStorageBackend: () => backend as ReturnType<NonNullable<Keychain['getSelectedStorageBackend']>>,
    isAsyncEncryptionAvailable: async () => available,
    encryptStringAsync: async (text) => Buffer.from(`${prefix}${kept.push(text) - 1}`),
    async decryptStringAsync(sealed) {
      const result = kept[Number(sealed.toString().slice(prefix.length))]
      if (result === undefined) throw new Error('the keychain has no such entry')
      return { shouldReEncrypt: false, result }
    },
  }
}

const refusing = async () => {
  throw new Error('locked')
}

describe('the desktop keychain is offered', () => {
  it.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])('on Linux with %s', async (backend) => {
    expect(await createOsProtector(aKeychain({ backend }), 'linux').isAvailable()).toBe(true)
  })

  it.each(['darwin', 'win32'] as const)('on %s, which has one keychain and names no backend', async (platform) => {
    const { getSelectedStorageBackend: _none, ...keychain } = aKeychain()
    expect(await createOsProtector(keychain, platform).isAvailable()).toBe(true)
  })
})

describe('the desktop keychain is refused', () => {
  it.each(['basic_text', 'unknown', 'something_new'])('on Linux where the backend is %s', async (backend) => {
    expect(await createOsProtector(aKeychain({ backend }), 'linux').isAvailable()).toBe(false)
  })

  it('on Linux where a real backend is named but texts are sealed with the published password', async () => {
    expect(await createOsProtector(aKeychain({ prefix: 'v10' }), 'linux').isAvailable()).toBe(false)
  })

  it.each(['linux', 'darwin', 'win32'] as const)('on %s where the system says that it has none', async (platform) => {
    expect(await createOsProtector(aKeychain({ available: false }), platform).isAvailable()).toBe(false)
  })

  it('when it cannot be asked', async () => {
    const keychain = { ...aKeychain(), encryptStringAsync: refusing }
    expect(await createOsProtector(keychain, 'linux').isAvailable()).toBe(false)
  })
})

describe('what the keychain keeps', () => {
  it('comes back as it was, for the vault that it was kept for and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uuid(), async (kek, vaultId) => {
        const protector = createOsProtector(aKeychain(), 'darwin')
        const remembered = await protector.keep(kek, vaultId)
        expect(await protector.recall(remembered, vaultId)).toEqual(kek)
        expect(await protector.recall(remembered, `${vaultId}-other`)).toBeNull()
      }),
    )
  })

  it.each(['', 'bm9uc2Vuc2U=', 'not base64 at all'])('is null, not an error, for %j', async (remembered) => {
    expect(await createOsProtector(aKeychain(), 'darwin').recall(remembered, 'vault')).toBeNull()
  })

  it('is null while the keychain is locked', async () => {
    const keychain = { ...aKeychain(), decryptStringAsync: refusing }
    expect(await createOsProtector(keychain, 'darwin').recall('djExMA==', 'vault')).toBeNull()
  })
})

describe('a keychain that is busy', () => {
  function aBusyOne(refusals: number, words = 'Encryption is temporarily unavailable') {
    const waits: number[] = []
    const keychain = aKeychain()
    let left = refusals
    const busy: Keychain = {
      ...keychain,
      async decryptStringAsync(sealed) {
        if (left-- > 0) throw new Error(words)
        return keychain.decryptStringAsync(sealed)
      },
    }
    return { waits, protector: createProtector(busy, 'darwin', async (ms) => void waits.push(ms)) }
  }
  const kek = new Uint8Array(32).fill(7)

  it.each([
    [1, [1_000]],
    [3, [1_000, 2_000, 4_000]],
  ])('%i times is asked again, each time later', async (refusals, waited) => {
    const { protector, waits } = aBusyOne(refusals)
    expect(await protector.recall(await protector.keep(kek, 'vault'), 'vault')).toEqual(kek)
    expect(waits).toEqual(waited)
  })

  it('for longer is taken for closed, and nothing is forgotten', async () => {
    const { protector, waits } = aBusyOne(4)
    const remembered = await protector.keep(kek, 'vault')
    expect(await protector.recall(remembered, 'vault')).toBeNull()
    expect(waits).toEqual([1_000, 2_000, 4_000])
    expect(await protector.recall(remembered, 'vault')).toEqual(kek)
  })

  it('is not one that a person has refused, who must not be asked four times', async () => {
    const { protector, waits } = aBusyOne(1, 'The user denied access')
    expect(await protector.recall(await protector.keep(kek, 'vault'), 'vault')).toBeNull()
    expect(waits).toEqual([])
  })
})

it('says when the keychain wants what it keeps to be sealed anew, until it is', async () => {
  const keychain = aKeychain()
  const rotated: Keychain = {
    ...keychain,
    decryptStringAsync: async (sealed) => ({ ...(await keychain.decryptStringAsync(sealed)), shouldReEncrypt: true }),
  }
  const protector = createOsProtector(rotated, 'darwin')
  const kek = new Uint8Array(32).fill(7)
  const remembered = await protector.keep(kek, 'vault')
  expect(protector.isStale?.()).toBe(false)
  expect(await protector.recall(remembered, 'vault')).toEqual(kek)
  expect(protector.isStale?.()).toBe(true)
  await protector.keep(kek, 'vault')
  expect(protector.isStale?.()).toBe(false)
})
