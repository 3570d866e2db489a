import * as fc from 'fast-check'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { countText, type Counted } from '../../../../renderer/features/playground/tokens/count-tokens.ts'
import { isCountedExactly, takesImages } from '../../../../renderer/features/playground/tokens/model-families.ts'
import { imageTokens, promptParts } from '../../../../renderer/features/playground/tokens/prompt-tokens.ts'
import { createTokenCounter } from '../../../../renderer/features/playground/tokens/token-counter.ts'

describe('the count of a text', () => {
  it('is what OpenAI counts, in English, Chinese and code', () => {
    for (const text of [
      'The quick brown fox jumps over the lazy dog.',
      '密钥轮换的意思是：当一个密钥被限流时，请求会自动转到下一个可用的密钥。',
      'export const pick = (pool: Pool) => pool.keys[0]\n\n',
      '',
    ]) {
      expect(countText(text)).toEqual({ tokens: countTokens(text), isExact: true })
    }
  })

  it('is near to it for text without a break, and says that it is not exact', () => {
    for (const text of ['轮换密钥'.repeat(200), 'abcdefghij'.repeat(100)]) {
      const { tokens, isExact } = countText(text)
      expect(isExact).toBe(false)
      expect(Math.abs(tokens / countTokens(text) - 1)).toBeLessThan(0.05)
    }
  })

  it('counts every letter of a text once, however it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2_000 }), (text) => {
        const { tokens, isExact } = countText(text)
        const exact = countTokens(text)
        expect(isExact ? tokens : Math.max(tokens, exact)).toBe(isExact ? exact : tokens)
      }),
      { numRuns: 30 },
    )
  })
})

interface Call {
  id: number
  question: readonly string[]
}

/** A thread that counts letters, and can be told to fail. */
function aCountingThread({ fails = false } = {}) {
  const asked: (readonly string[])[] = []
  const spawn = () => {
    let listen: (event: { data: { id: number; answer: Counted[] | null } }) => void = () => undefined
    return {
      postMessage({ id, question }: Call) {
        asked.push(question)
        const answer = question.map((text) => ({ tokens: text.length, isExact: true }))
        queueMicrotask(() => listen({ data: { id, answer: fails ? null : answer } }))
      },
      addEventListener(...[kind, heard]: ['message', typeof listen] | ['error', () => void]) {
        if (kind === 'message') listen = heard
      },
    }
  }
  return { asked, spawn }
}

describe('the counter of the page', () => {
  it('asks its thread for what is new only, and for each text once', async () => {
    const { asked, spawn } = aCountingThread()
    const { count } = createTokenCounter(spawn)
    expect(await count(['ab', 'c', 'ab'])).toEqual({ tokens: 5, isExact: true })
    expect(await count(['ab', 'c', 'ab', 'defg'])).toEqual({ tokens: 9, isExact: true })
    expect(asked).toEqual([['ab', 'c'], ['defg']])
  })

  it('estimates where the thread fails, says so, and asks again the next time', async () => {
    const { asked, spawn } = aCountingThread({ fails: true })
    const { count } = createTokenCounter(spawn)
    const counted = await count(['four letter words'])
    expect(counted.isExact).toBe(false)
    expect(counted.tokens).toBeGreaterThan(2)
    await count(['four letter words'])
    expect(asked).toHaveLength(2)
  })
})

describe('what a prompt is counted from', () => {
  const image = {
    type: 'image' as const,
    dataUrl: 'data:image/png;base64,aaaa',
    name: 'a',
    width: 1_024,
    height: 1_024,
    bytes: 3,
  }

  it('is its texts, and four tokens a message and three for the answer to come', () => {
    const parts = promptParts([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ])
    expect(parts).toEqual({ texts: ['Be brief.', 'Hello'], tokens: 11, hasImages: false })
  })

  it('takes images by their tiles, and never by the letters that they are sent as', () => {
    const parts = promptParts([{ role: 'user', content: [image, { type: 'text', text: 'What is it?' }] }])
    expect(parts).toEqual({ texts: ['What is it?'], tokens: 7 + 765, hasImages: true })
  })

  it.each([
    [512, 512, 255],
    [1_024, 1_024, 765],
    [4_096, 8_192, 1_105],
    [1, 1, 255],
  ])('counts an image of %i × %i as OpenAI does', (width, height, tokens) => {
    expect(imageTokens(width, height)).toBe(tokens)
  })
})

describe('the name of a model', () => {
  it.each(['gpt-4o', 'openai/gpt-4.1-mini', 'gpt-5.2', 'o3', 'o4-mini', 'chatgpt-4o-latest'])(
    'tells that %s counts as here',
    (name) => {
      expect(isCountedExactly(name)).toBe(true)
    },
  )

  it.each(['gpt-3.5-turbo', 'gpt-4', 'deepseek-chat', 'glm-4.7', 'claude-sonnet-5', 'my-gpt-4o', 'o3x'])(
    'does not tell it of %s',
    (name) => {
      expect(isCountedExactly(name)).toBe(false)
    },
  )

  it.each([
    ['gpt-4o', 'yes'],
    ['claude-sonnet-4-5', 'yes'],
    ['Qwen/Qwen2.5-VL-72B-Instruct', 'yes'],
    ['glm-4.5v', 'yes'],
    ['gemini-2.5-pro', 'yes'],
    ['o3-mini', 'no'],
    ['gpt-3.5-turbo', 'no'],
    ['openai/deepseek-ai/DeepSeek-V3', 'no'],
    ['glm-4.7', 'no'],
    ['my-own-model', 'unknown'],
  ])('of %s says about images: %s', (name, takes) => {
    expect(takesImages(name)).toBe(takes)
  })
})
