import { describe, expect, it } from 'vitest'
import { acceptsTemperature, takesStreamOptions } from '../../electron/upstream/providers/accepted-fields.ts'

describe('a temperature that the client did not send', () => {
  it.each([
    ['openai', 'gpt-4o', 1.5, true],
    ['openai', 'gpt-5-chat-latest', 0.3, true],
    ['openai', 'gpt-5.6-mini', 0.3, false],
    ['openai', 'o3', 0.3, false],
    ['openrouter', 'openai/o4-mini', 0.3, false],
    ['generic', 'olmo-2', 0.3, true],
    ['anthropic', 'claude-opus-4-6', 0.3, true],
    ['anthropic', 'claude-sonnet-4-20250514', 0.3, true],
    ['anthropic', 'claude-3-5-sonnet-20241022', 0.3, true],
    ['anthropic', 'claude-haiku-4-5-20251001', 0.3, true],
    ['anthropic', 'claude-opus-4-7', 0.3, false],
    ['anthropic', 'claude-opus-4-7', 1, true],
    ['anthropic', 'claude-sonnet-5', 0.3, false],
    ['openrouter', 'anthropic/claude-opus-4.7', 0.3, false],
    ['anthropic', 'claude-opus-5.5', 1, true],
    ['anthropic', 'claude-opus-5.5', 1.5, false],
  ] as const)('is added at %s for %s at %d: %s', (family, model, temperature, isAdded) => {
    expect(acceptsTemperature(family, model, temperature)).toBe(isAdded)
  })
})

describe('stream_options that the client did not send', () => {
  it.each([
    ['openai', 'api.openai.com', true],
    ['generic', 'localhost:11434', true],
    ['generic', 'api.mistral.ai', false],
    ['generic', 'notmistral.ai', true],
    ['generic', 'api.cohere.com', false],
  ] as const)('are added at %s on %s: %s', (family, host, isAdded) => {
    expect(takesStreamOptions(family, host)).toBe(isAdded)
  })
})
