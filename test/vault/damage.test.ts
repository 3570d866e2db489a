import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { emptyTrail } from '../../electron/vault/audit.ts'
import { canonical } from '../../electron/vault/canonical.ts'
import { hkdf, seal, sha256 } from '../../electron/vault/cipher.ts'
import { encodeContents } from '../../electron/vault/contents.ts'
import { openWithPassphrase } from '../../electron/vault/opening.ts'
import { openFile } from '../../electron/vault/session.ts'
import { makeSlot } from '../../electron/vault/slot.ts'
import type { HeaderValues } from '../../electron/vault/vault-file.ts'
import { encodeVaultFile, parseVaultFile } from '../../electron/vault/vault-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { MemoryDisk } from './memory-disk.ts'
import { addSecret, aVault, fastDerive, notes, openVault, passphrase } from './vault-builder.ts'

const folder = '/data'
const path = '/data/vault.keywheel'

let small: Buffer
beforeAll(async () => {
  const disk = new MemoryDisk()
  await aVault({ folder, fs: disk })
  small = disk.content(path) ?? Buffer.alloc(0)
})

/** What the layers under the vault say of some bytes, with the right passphrase. */
async function verdict(bytes: Buffer): Promise<string> {
  const parsed = parseVaultFile(bytes)
  if (parsed.kind !== 'vault') return parsed.kind
  const opening = await openWithPassphrase(parsed.file, passphrase, fastDerive)
  return opening.kind === 'opened' ? openFile(parsed.file, opening.dek, notes.schema).kind : opening.kind
}

const flipped = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return copy
}

/** A start on a disk with this file, and an attempt to open it. */
async function startWith(bytes: Buffer) {
  const disk = new MemoryDisk(
    new Map<string, Buffer | 'folder'>([
      [folder, 'folder'],
      [path, bytes],
    ]),
  )
  const vault = await openVault({ folder, fs: disk })
  const answer = await vault.unlock({ passphrase }).catch((error: unknown) => error)
  return { disk, vault, answer }
}

const corruptCopies = (disk: MemoryDisk) =>
  [...disk.image()].filter(([name]) => name.includes('.corrupt-')).map(([, content]) => content)

describe('a small vault', () => {
  it('opens as it was written', async () => {
    expect(await verdict(small)).toBe('open')
  })

  it('is refused as damaged, not as a wrong passphrase, whichever bit is flipped', async () => {
    expect(small.length).toBeGreaterThan(800)
    const verdicts = new Map<string, number>()
    for (let bit = 0; bit < small.length * 8; bit += 1) {
      const said = await verdict(flipped(small, bit))
      verdicts.set(said, (verdicts.get(said) ?? 0) + 1)
    }
    expect([...verdicts]).toEqual([['damaged', small.length * 8]])
  })

  it('is refused as damaged wherever it is cut off, and with anything behind it', async () => {
    const verdicts = new Set<string>()
    for (let length = 0; length < small.length; length += 1) verdicts.add(await verdict(small.subarray(0, length)))
    for (const tail of ['\0', '\n', 'x'.repeat(16)])
      verdicts.add(await verdict(Buffer.concat([small, Buffer.from(tail)])))
    expect([...verdicts]).toEqual(['damaged'])
  })

  it('is kept and copied once when it is damaged, and never written to', async () => {
    for (let bit = 3; bit < small.length * 8; bit += 211) {
      const bytes = flipped(small, bit)
      const { disk, vault, answer } = await startWith(bytes)
      expect(answer).toMatchObject({ code: 'VAULT_DAMAGED', data: { backups: 0 } })
      expect(vault.status().state).toBe('damaged')
      expect(disk.content(path)).toEqual(bytes)
      await (await openVault({ folder, fs: disk })).unlock({ passphrase }).catch(() => null)
      expect(corruptCopies(disk)).toEqual([bytes])
      await expect(vault.create({ protection: 'pass', passphrase })).rejects.toThrowError(/VAULT_(DAMAGED|EXISTS)/)
      expect(disk.content(path)).toEqual(bytes)
    }
  })
})

describe('a vault file that someone put together', () => {
  const mixtures: [string, () => Promise<Buffer>][] = [
    [
      'the head of one save and the body of another',
      async () => {
        const [a, b] = await twoSaves()
        return Buffer.concat([a.subarray(0, headBytes(a)), b.subarray(headBytes(b))])
      },
    ],
    ['nothing but zeros', async () => Buffer.alloc(small.length)],
    [
      'line ends turned into CR LF',
      async () => Buffer.from(small.toString('latin1').replaceAll('\n', '\r\n') + '\r\n', 'latin1'),
    ],
    ['written again as UTF-8', async () => Buffer.from(small.toString('latin1'), 'utf8')],
    ['a slot taken out', async () => withHeader(small, (header) => ({ ...header, slots: [] }))],
    ['another generation', async () => withHeader(small, (header) => ({ ...header, generation: 999 }))],
    ['another vault id', async () => withHeader(small, (header) => ({ ...header, vaultId: 'AAAAAAAAAAAAAAAAAAAAAA' }))],
    [
      'a header whose members are in another order',
      async () => {
        const header = small.subarray(16, headBytes(small)).toString()
        const moved = Buffer.from(
          JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(header) as object).toReversed())),
        )
        expect(moved.length).toBe(header.length)
        return Buffer.concat([small.subarray(0, 16), moved, small.subarray(headBytes(small))])
      },
    ],
  ]

  it.each(mixtures)('is refused: %s', async (_name, make) => {
    expect(await verdict(await make())).toMatch(/damaged|absent/)
    const { disk, answer } = await startWith(await make())
    expect(answer).toMatchObject({ code: expect.stringMatching(/VAULT_DAMAGED|PROTECTION_UNAVAILABLE/) as string })
    expect(disk.content(path)?.length).toBeGreaterThan(0)
  })

  async function twoSaves() {
    const disk = new MemoryDisk()
    const vault = await aVault({ folder, fs: disk })
    const first = disk.content(path) ?? Buffer.alloc(0)
    await vault.commit(() => undefined)
    return [first, disk.content(path) ?? Buffer.alloc(0)] as const
  }
})

const headBytes = (bytes: Buffer) => 16 + bytes.readUInt32BE(12)

/** The file with another header and a right length and checksum for it, as one who knows the format would make it. */
function withHeader(bytes: Buffer, change: (header: Record<string, unknown>) => object): Buffer {
  const header = JSON.parse(bytes.subarray(16, headBytes(bytes)).toString()) as Record<string, unknown>
  return reheaded(bytes, bytes.subarray(0, 12), change(header))
}

function reheaded(bytes: Buffer, start: Buffer, header: object): Buffer {
  const prefix = Buffer.concat([start, Buffer.alloc(4)])
  prefix.writeUInt32BE(Buffer.from(canonical({ ...header, prefixSum: '000000' })).length, 12)
  const sum = createHash('sha256').update(prefix).digest().subarray(0, 4).toString('base64url')
  return Buffer.concat([
    prefix,
    Buffer.from(canonical({ ...header, prefixSum: sum })),
    bytes.subarray(headBytes(bytes)),
  ])
}

describe('the cost of the passphrase in a file', () => {
  const base = { kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt: 'AAAAAAAAAAAAAAAAAAAAAA' }
  it.each([
    { N: 2 ** 30 },
    { N: 2 ** 21 },
    { N: 2 ** 16 },
    { N: 4 },
    { N: 2 ** 17 + 1 },
    { N: 2 ** 17 + 0.5 },
    { N: -1 },
    { r: 1e9 },
    { r: 1 },
    { p: 0 },
    { p: 5 },
    { salt: '' },
    { salt: 'AAAA' },
    { kdf: 'pbkdf2' },
  ])('outside its bounds is refused before anything is derived (%j)', async (change) => {
    const dek = Buffer.alloc(32, 1)
    const params: Record<string, string | number> = { ...base, ...change }
    const random = (size: number) => Buffer.alloc(size, 7)
    const slots = [makeSlot(dek, Buffer.alloc(32, 2), 'v', { kind: 'pass', params }, random)]
    const bytes = encodeVaultFile({ vaultId: 'v', generation: 1, slots, saveSalt: random(32) }, dek, Buffer.from('{}'))
    const disk = new MemoryDisk(
      new Map<string, Buffer | 'folder'>([
        [folder, 'folder'],
        [path, bytes],
      ]),
    )
    let derived = 0
    const deriveKey = () => Promise.resolve(Buffer.alloc(32, (derived += 1)))
    const vault = await openVault({ folder, fs: disk, deriveKey })
    await expect(vault.unlock({ passphrase })).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
    expect(derived).toBe(0)
  })
})

describe('a vault by a newer version', () => {
  const newer = (format: number, minReader: number): Buffer => {
    const start = Buffer.from(small.subarray(0, 12))
    start.writeUInt16BE(format, 8)
    start.writeUInt16BE(minReader, 10)
    return reheaded(small, start, JSON.parse(small.subarray(16, headBytes(small)).toString()) as object)
  }

  it('that this one must not read is refused by name, and neither copied nor touched', async () => {
    const bytes = newer(7, 2)
    const { disk, vault, answer } = await startWith(bytes)
    expect(answer).toMatchObject({ code: 'VAULT_TOO_NEW', data: { format: 7 } })
    await expect(vault.create({ protection: 'pass', passphrase })).rejects.toMatchObject({ code: 'VAULT_EXISTS' })
    expect([...disk.image()]).toEqual([
      ['/', 'folder'],
      [folder, 'folder'],
      [path, bytes],
    ])
  })

  it('that this one may read opens, refuses every save, and stays as it is', async () => {
    const random = (size: number) => Buffer.alloc(size, 9)
    const dek = random(32)
    const salt = 'AAAAAAAAAAAAAAAAAAAAAA'
    const params = { kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt }
    const kek = await fastDerive(Buffer.from(passphrase), Buffer.from(salt, 'base64url'), { N: 2 ** 17, r: 8, p: 1 })
    const slots = [
      makeSlot(dek, kek, 'v', { kind: 'pass', params }, random),
      { ...makeSlot(dek, kek, 'v', { kind: 'os', params: { more: 'than we know' } }, random) },
    ]
    const contents = { metadata: { notes: ['from later'] }, records: new Map(), audit: emptyTrail }
    const body = encodeContents({ ...contents, kitConfirmed: false, savedAtMs: 1 })
    const bytes = asFormat2(
      { vaultId: 'v', generation: 4, slots, saveSalt: random(32), bodyLen: body.length },
      dek,
      body,
    )
    const { disk, vault, answer } = await startWith(bytes)
    expect(answer).toMatchObject({ state: 'unlocked' })
    expect(vault.read().metadata.notes).toEqual(['from later'])
    await expect(addSecret(vault, 'more', 'sk-more')).rejects.toMatchObject({
      code: 'VAULT_TOO_NEW',
      data: { format: 2 },
    })
    await expect(vault.createKit()).rejects.toMatchObject({ code: 'VAULT_TOO_NEW' })
    expect(disk.content(path)).toEqual(bytes)
  })
})

/** A file as a later version may write it: another number, one more member in the header, readable from format 1 on. */
function asFormat2(values: HeaderValues & { bodyLen: number }, dek: Buffer, body: Buffer): Buffer {
  const { saveSalt, ...rest } = values
  const header = { ...rest, saveSalt: saveSalt.toString('base64url'), later: ['unknown'] }
  const head = reheaded(Buffer.alloc(16), Buffer.from('KEYWHEEL\0\x02\0\x01', 'latin1'), header)
  const key = hkdf(dek, saveSalt, 'body/1', 44)
  const { ct, tag } = seal(key.subarray(0, 32), key.subarray(32), sha256(head), body)
  return Buffer.concat([head, ct, tag])
}

describe('something else in the place of the vault', () => {
  const others: [string, (place: string) => void][] = [
    ['an empty file', (place) => writeFileSync(place, '')],
    ['a folder', (place) => mkdirSync(place)],
    ['a pipe', (place) => void execFileSync('mkfifo', [place])],
    ['a link to nowhere', (place) => symlinkSync('/nowhere/at/all', place)],
    [
      'a file of a gigabyte',
      (place) => {
        writeFileSync(place, 'KEYWHEEL')
        truncateSync(place, 2 ** 30)
      },
    ],
  ]

  it.each(others)('is a damaged vault, not an absent one, and stays: %s', async (_name, put) => {
    const real = temporaryFolder()
    const place = join(real, 'vault.keywheel')
    put(place)
    const vault = await openVault({ folder: real })
    expect(vault.status().state).toBe('damaged')
    await expect(vault.unlock({ passphrase })).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
    await expect(vault.create({ protection: 'pass', passphrase })).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
    expect(readdirSync(real)).toContain('vault.keywheel')
  })
})

describe('a vault behind a symbolic link', () => {
  it('is replaced where it is, and the link stays', async () => {
    const home = temporaryFolder()
    const elsewhere = join(home, 'elsewhere')
    mkdirSync(elsewhere)
    const real = join(home, 'data')
    await aVault({ folder: elsewhere })
    mkdirSync(real)
    symlinkSync(join(elsewhere, 'vault.keywheel'), join(real, 'vault.keywheel'))
    const vault = await openVault({ folder: real })
    await vault.unlock({ passphrase })
    await addSecret(vault, 'second', 'sk-second')
    expect(readFileSync(join(real, 'vault.keywheel'))).toEqual(readFileSync(join(elsewhere, 'vault.keywheel')))
    const direct = await openVault({ folder: elsewhere })
    await direct.unlock({ passphrase })
    expect(direct.read().metadata.notes).toEqual(['first', 'second'])
  })
})

describe('an empty folder with backups', () => {
  it('is a loss to be told, not a first run', async () => {
    const real = temporaryFolder()
    const vault = await aVault({ folder: real })
    await addSecret(vault, 'second', 'sk-second')
    rmSync(join(real, 'vault.keywheel'))
    const again = await openVault({ folder: real })
    expect(again.status().state).toBe('damaged')
    await expect(again.create({ protection: 'pass', passphrase })).rejects.toMatchObject({ code: 'VAULT_DAMAGED' })
    expect((await again.backups()).length).toBeGreaterThan(0)
  })
})
