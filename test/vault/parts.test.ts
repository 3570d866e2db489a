import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyTrail, isTrailWhole, rechained, withEntry } from '../../electron/vault/audit.ts'
import { outdated } from '../../electron/vault/backups.ts'
import { canonical } from '../../electron/vault/canonical.ts'
import { open, seal } from '../../electron/vault/cipher.ts'
import { deriveCalibrated, floorCost, passphraseBytes } from '../../electron/vault/passphrase.ts'
import { createQueue } from '../../electron/vault/queue.ts'
import { hasGroups, mistypedGroups, parseKit, writeKit } from '../../electron/vault/recovery-kit.ts'

describe('a recovery kit', () => {
  const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 })
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

  it('is read back as it was written, also in small letters, with spaces or none', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const kit = writeKit(secret)
        const typed = [kit, kit.toLowerCase(), kit.replaceAll('-', ' '), kit.replaceAll('-', ''), ` ${kit}\n`]
        for (const text of typed) expect(parseKit(text)).toEqual(Buffer.from(secret))
      }),
    )
  })

  it('takes O for 0, and I and L for 1, as people write them', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const kit = writeKit(secret)
        expect(parseKit(kit.replaceAll('0', 'O').replaceAll('1', 'l'))).toEqual(Buffer.from(secret))
        expect(parseKit(kit.replaceAll('0', 'o').replaceAll('1', 'I'))).toEqual(Buffer.from(secret))
      }),
    )
  })

  it('never opens as another kit, and names the group mistyped', () => {
    fc.assert(
      fc.property(secrets, fc.nat(39), fc.nat(31), (secret, at, other) => {
        const symbols = writeKit(secret).replaceAll('-', '').split('')
        fc.pre(symbols[at] !== alphabet[other])
        symbols[at] = alphabet[other] ?? ''
        const wrong = mistypedGroups(symbols.join(''))
        expect(wrong.every((place) => place === Math.floor(at / 5))).toBe(true)
        const parsed = parseKit(symbols.join(''))
        expect(parsed === null || !parsed.equals(secret)).toBe(true)
      }),
    )
  })

  it('finds out 31 of 32 wrong symbols, and most groups that changed places', () => {
    const kit = writeKit(Buffer.from(Array.from({ length: 20 }, (_, nth) => nth * 11)))
    const [a = '', b = '', ...rest] = kit.split('-')
    expect(mistypedGroups([b, a, ...rest].join('-'))).toEqual([0, 1])
  })

  it.each(['', 'ABCDE', 'A'.repeat(41), '模'.repeat(40), 'U'.repeat(40)])('is not %j', (typed) => {
    expect(parseKit(typed)).toBeNull()
  })

  it('is known by groups typed back, but not by none', () => {
    const kit = writeKit(Buffer.alloc(20, 5))
    const groups = kit.split('-')
    expect(hasGroups(kit, [{ place: 7, group: groups[7] ?? '' }])).toBe(true)
    expect(hasGroups(kit, [{ place: 8, group: '' }])).toBe(false)
    expect(hasGroups(kit, [])).toBe(false)
  })
})

describe('the cost of a passphrase', () => {
  const at = async (tookMs: number) => {
    const costs: number[] = []
    let now = 0
    const derive = (_bytes: Uint8Array, _salt: Uint8Array, { N }: { N: number }) => {
      costs.push(N)
      now += tookMs
      return Promise.resolve(Buffer.alloc(32))
    }
    const { cost } = await deriveCalibrated(derive, Buffer.from('x'), Buffer.alloc(16), () => now)
    return { cost, costs }
  }

  it.each([
    [600, 2 ** 17],
    [250, 2 ** 17],
    [249, 2 ** 18],
    [124, 2 ** 19],
    [1, 2 ** 19],
    [0, 2 ** 19],
  ])('on a machine that takes %i ms for the floor is N = %i, never less than the floor', async (tookMs, N) => {
    const { cost, costs } = await at(tookMs)
    expect(cost).toEqual({ ...floorCost, N })
    expect(costs.at(-1)).toBe(N)
  })

  it('is for the passphrase in one normal form, with its spaces', () => {
    expect(passphraseBytes('\ufb01ne  ')).toEqual(Buffer.from('fine  '))
    expect(passphraseBytes('e\u0301')).toEqual(passphraseBytes('\u00e9'))
  })
})

describe('the audit list', () => {
  const keys = { dek: Buffer.alloc(32, 3), vaultId: 'v' }
  const listOf = (subjects: readonly string[]) =>
    subjects.reduce((trail, subject, nth) => withEntry(keys, trail, { action: 'reveal', subject }, nth), emptyTrail)
  const lists = fc.array(fc.string({ maxLength: 20 }), { minLength: 2, maxLength: 12 })

  it('shows that an entry was changed, taken out or moved', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.constantFrom('change', 'remove', 'swap'), (subjects, seed, how) => {
        const trail = listOf(subjects)
        expect(isTrailWhole(keys, trail)).toBe(true)
        const entries = [...trail.entries]
        const at = seed % (entries.length - 1)
        const [entry, next] = [entries[at], entries[at + 1]]
        if (entry === undefined || next === undefined) throw new Error('there are two')
        if (how === 'change') entries[at] = { ...entry, subject: `${entry.subject}!` }
        if (how === 'remove') entries.splice(at, 1)
        if (how === 'swap') entries.splice(at, 2, next, entry)
        expect(isTrailWhole(keys, { ...trail, entries })).toBe(false)
      }),
    )
  })

  it('keeps the last 2,000 entries, counts the others and stays whole', () => {
    const trail = listOf(Array.from({ length: 2_100 }, (_, nth) => String(nth)))
    expect(trail).toMatchObject({ dropped: 100 })
    expect(trail.entries).toHaveLength(2_000)
    expect(trail.entries[0]?.subject).toBe('100')
    expect(isTrailWhole(keys, trail)).toBe(true)
    expect(isTrailWhole(keys, { ...trail, base: '' })).toBe(false)
  })

  it('is whole under a new key, and not under the old one', () => {
    const other = { dek: Buffer.alloc(32, 4), vaultId: 'v' }
    const moved = rechained(other, listOf(['a', 'b']))
    expect(isTrailWhole(other, moved)).toBe(true)
    expect(isTrailWhole(keys, moved)).toBe(false)
  })
})

describe('a ciphertext', () => {
  const key = Buffer.alloc(32, 1)
  const nonce = Buffer.alloc(12, 2)
  const aad = Buffer.from('aad')

  it('opens to what was sealed, and not when a bit of it was flipped', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(), (plain, at) => {
        const sealed = seal(key, nonce, aad, plain)
        expect(open(key, nonce, aad, sealed)).toEqual(Buffer.from(plain))
        const all = Buffer.concat([sealed.ct, sealed.tag])
        const bit = at % (all.length * 8)
        all.writeUInt8(all.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        const changed = { ct: all.subarray(0, sealed.ct.length), tag: all.subarray(sealed.ct.length) }
        expect(open(key, nonce, aad, changed)).toBeNull()
      }),
    )
  })

  it.each([0, 4, 8, 12, 15, 17])('is not accepted with a tag of %i bytes', (length) => {
    const sealed = seal(key, nonce, aad, Buffer.from('secret'))
    const tag = Buffer.concat([sealed.tag, Buffer.alloc(1)]).subarray(0, length)
    expect(open(key, nonce, aad, { ct: sealed.ct, tag })).toBeNull()
  })
})

describe('canonical text', () => {
  it('is the same whatever the order of members, and reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(canonical(reversed(JSON.parse(JSON.stringify(value))))).toBe(text)
      }),
    )
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).toReversed()
  return Object.fromEntries(members.map(([name, inner]) => [name, reversed(inner)]))
}

describe('pruning', () => {
  const backups = fc.array(
    fc.record({ day: fc.nat(40), reason: fc.constantFrom('save' as const, 'import' as const) }),
    {
      maxLength: 60,
    },
  )

  it('never takes the ten newest of a kind, nor the newest of the last seven days with one', () => {
    fc.assert(
      fc.property(backups, (spec) => {
        const atMs = spec.map(({ day }) => day * 86_400_000).toSorted((a, b) => b - a)
        const all = spec.map(({ reason }, nth) => ({
          name: String(nth),
          generation: spec.length - nth,
          atMs: atMs[nth] ?? 0,
          reason,
        }))
        const gone = new Set(outdated(all).map(({ name }) => name))
        const saves = all.filter(({ reason }) => reason === 'save')
        const others = all.filter(({ reason }) => reason === 'import')
        for (const { name } of [...saves.slice(0, 10), ...others.slice(0, 10)]) expect(gone).not.toContain(name)
        const days = [...new Set(saves.map(({ atMs }) => atMs))].slice(0, 7)
        for (const day of days) expect(gone).not.toContain(saves.find(({ atMs }) => atMs === day)?.name)
        expect(saves.length - saves.filter(({ name }) => gone.has(name)).length).toBeLessThanOrEqual(17)
      }),
    )
  })
})

describe('the queue of writers', () => {
  it('runs one at a time, in order, also past one that fails', async () => {
    const queue = createQueue()
    const seen: string[] = []
    const task = (name: string, fails: boolean) =>
      queue(async () => {
        seen.push(`${name} begins`)
        await Promise.resolve()
        seen.push(`${name} ends`)
        if (fails) throw new Error(name)
      })
    const results = await Promise.allSettled([task('a', false), task('b', true), task('c', false)])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })
})
