import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, it } from 'vitest'
import { promptTokensOf, usageOfAnswer, usageOfEvents } from '../../electron/upstream/estimated-usage.ts'
import { estimateTokens } from '../../shared/estimate-tokens.ts'

const texts = {
  English:
    'The quick brown fox jumps over the lazy dog. Rotation means that a request whose key is refused is served by the next one, and that nobody has to know.',
  Chinese: '密钥轮换的意思是：当一个密钥被限流时，请求会自动转到下一个可用的密钥，使用者不需要做任何事情。',
  code: 'export function pick(pool: Pool, nowMs: number): Key | undefined {\n  return pool.keys.filter((key) => key.coolingUntilMs <= nowMs)[0]\n}',
  mixed: 'DSLighting 读取 LLM_MODEL_CONFIGS，然后 rotates the keys 一个接一个。',
}

describe('an estimate of tokens', () => {
  it.each(Object.entries(texts))('is within a third of what a tokenizer counts in %s', (_language, text) => {
    const exact = countTokens(text)
    expect(Math.abs(estimateTokens(text) / exact - 1)).toBeLessThan(1 / 3)
  })

  it('is marked as one', () => {
    expect(usageOfEvents(42)).toEqual({ promptTokens: 0, completionTokens: 40, estimated: true })
    expect(usageOfAnswer({ choices: [{ message: { role: 'assistant', content: texts.English } }] })).toEqual({
      promptTokens: 0,
      completionTokens: estimateTokens(texts.English),
      estimated: true,
    })
  })

  it('is not made of what has no length in tokens', () => {
    expect(usageOfAnswer({ object: 'list', data: [{ embedding: [0.1, 0.2] }] })).toBeNull()
    expect(promptTokensOf(null)).toBe(0)
    expect(promptTokensOf(Buffer.from([0xff, 0xd8, 0xff]))).toBe(0)
  })

  it('of a prompt counts its texts, and no picture that is sent as one', () => {
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${'A'.repeat(100_000)}` } }
    const content = [{ type: 'text', text: texts.English }, picture]
    const body = JSON.stringify({ model: 'glm', messages: [{ role: 'user', content }] })
    expect(promptTokensOf(body)).toBe(estimateTokens(texts.English) + 4)
  })
})
