import { beforeEach, describe, expect, it } from 'vitest'
import { ApiKeyManager, InvalidPoolError, KeysExhaustedError, rotate } from '../../electron/rotation/index.ts'
import { FakeClock } from '../support/fake-clock.ts'
import { scripted } from './a-pool.ts'

const keys = ['sk-key-one-aaaaaaaaaaaaaaaa', 'sk-key-two-bbbbbbbbbbbbbbbb', 'sk-key-three-cccccccccccccc']
const [one, two, three] = keys as [string, string, string]

let clock: FakeClock
let lines: string[]

beforeEach(() => {
  clock = new FakeClock()
  lines = []
})

const aManager = (list: readonly string[] = keys) =>
  new ApiKeyManager('gpt-4o', list, { clock, log: (level, line) => lines.push(`${level}: ${line}`) })

describe('the guide, line by line', () => {
  it('starts with the first key, rotates, and leaves a key that failed', () => {
    const manager = aManager()
    expect(manager.getCurrentKey()).toBe(one)
    expect(manager.rotateKey()).toBe(two)
    expect(manager.markKeyFailed()).toBe(three)
    expect(manager.getAllKeys()).toEqual(keys)
  })

  it('logs what the guide says is logged', () => {
    const manager = aManager()
    manager.rotateKey()
    expect(lines).toEqual([
      "info: APIKeyManager initialized for 'gpt-4o' with 3 keys",
      "info: Rotated API key for 'gpt-4o'. Remaining keys: 3",
    ])
  })

  it('has one manager for a model, and none for a model without keys', () => {
    const first = ApiKeyManager.getManager('guide', keys, { clock })
    expect(ApiKeyManager.getManager('guide', keys, { clock })).toBe(first)
    expect(ApiKeyManager.getManager('guide without keys', [' '], { clock })).toBeUndefined()
  })

  it('takes new keys on reset, and begins with the first of them', () => {
    const manager = aManager()
    manager.rotateKey()
    const more = [two, three, 'sk-key-four-dddddddddddddddd', one]
    manager.reset(more)
    expect(manager.getAllKeys()).toEqual(more)
    expect(manager.getCurrentKey()).toBe(two)
  })
})

describe('what the original got wrong', () => {
  it('lets a changed list take effect, and stays with the current key', () => {
    const manager = ApiKeyManager.getManager('changed', [one, two], { clock })!
    manager.rotateKey()
    expect(ApiKeyManager.getManager('changed', [three, two], { clock })!.getAllKeys()).toEqual([three, two])
    expect(manager.getCurrentKey()).toBe(two)
  })

  it('returns all keys in the order of the list, however it has rotated', () => {
    const manager = aManager()
    manager.rotateKey()
    manager.markKeyFailed()
    expect(manager.getAllKeys()).toEqual(keys)
  })

  it('counts as remaining only keys that can be used', () => {
    const manager = aManager()
    manager.markKeyFailed()
    expect(lines.at(-1)).toBe("info: Rotated API key for 'gpt-4o'. Remaining keys: 2")
  })

  it('clears failures on reset and returns to the first key', () => {
    const manager = aManager()
    manager.markKeyFailed()
    manager.markKeyFailed()
    manager.reset()
    expect(manager.getCurrentKey()).toBe(one)
    expect([manager.rotateKey(), manager.rotateKey(), manager.rotateKey()]).toEqual([two, three, one])
  })

  it('does not skip good keys when several callers report the same failure', () => {
    const manager = aManager()
    expect([manager.markKeyFailed(one), manager.markKeyFailed(one), manager.markKeyFailed(one)]).toEqual([
      two,
      two,
      two,
    ])
  })

  it('throws when every key has failed, with a reason for each and no part of a secret', () => {
    const manager = aManager()
    manager.markKeyFailed()
    manager.markKeyFailed()
    const thrown = [() => manager.markKeyFailed(), () => manager.rotateKey()].map((call) => {
      try {
        return call()
      } catch (error) {
        return error
      }
    })
    for (const error of thrown) {
      expect(error).toBeInstanceOf(KeysExhaustedError)
      expect(error).toMatchObject({
        message: expect.stringMatching(/^Every key of 'gpt-4o' is out\. Key 1: cooling until .*; Key 2: .*; Key 3: /),
        keys: [{ label: 'Key 1', state: { kind: 'cooling' } }, { label: 'Key 2' }, { label: 'Key 3' }],
      })
    }
    expect(manager.getAllKeys()).toEqual(keys)
  })

  it('puts a failed key on the default ladder, so that it returns by itself', async () => {
    const manager = aManager([one, two])
    manager.markKeyFailed()
    await clock.advance(10_000)
    expect(manager.rotateKey()).toBe(one)
    manager.markKeyFailed()
    expect(manager.pool.snapshot().keys[0]!.state).toMatchObject({ untilMs: clock.wallMs() + 30_000 })
  })

  it('logs no part of a secret', () => {
    const manager = aManager()
    manager.rotateKey()
    manager.markKeyFailed(one)
    manager.markKeyFailed('sk-unknown-eeeeeeeeeeeeeeee')
    const said = [...lines, String(manager), JSON.stringify(manager)].join('\n')
    const parts = [...keys, 'sk-unknown-eeeeeeeeeeeeeeee'].flatMap((secret) =>
      Array.from({ length: secret.length - 4 }, (_, start) => secret.slice(start, start + 5)),
    )
    expect(parts.filter((part) => said.includes(part))).toEqual([])
  })
})

describe('a single key', () => {
  it('stays the current one, and says so', () => {
    const manager = aManager([one])
    expect(manager.rotateKey()).toBe(one)
    expect(lines.at(-1)).toBe("debug: Only 1 key available for 'gpt-4o', no rotation")
  })
})

describe('a list with blanks, repetitions and examples', () => {
  it('is the list of its distinct keys, and an example is used but mentioned', () => {
    const manager = aManager(['', `  ${one}  `, one, 'your_api_key'])
    expect(manager.getAllKeys()).toEqual([one, 'your_api_key'])
    expect(lines).toContain("warn: A key of 'gpt-4o' looks like an example")
  })
})

describe('the pool behind it', () => {
  it('is the same keys for rotate', async () => {
    const manager = aManager()
    manager.markKeyFailed()
    const { attempt, tried } = scripted({})
    await rotate(manager.pool, {}, attempt)
    expect(tried).toEqual([manager.pool.snapshot().keys[1]!.keyId])
  })
})

describe('a list without a key', () => {
  it('makes no manager, and is refused where one is there already', () => {
    const notSet = undefined as unknown as string[]
    expect(ApiKeyManager.getManager('not set', notSet, { clock })).toBeUndefined()
    expect(() => aManager([])).toThrow(InvalidPoolError)
    const manager = aManager()
    expect(() => manager.reset(['', ' '])).toThrow(InvalidPoolError)
    expect(manager.getCurrentKey()).toBe(one)
  })
})
