import { describe, expect, it } from 'vitest'
import { upstreamModelId } from '../../electron/dotenv/index.ts'

describe('the id that reaches the provider', () => {
  it.each([
    ['glm-4.7', 'openai', 'glm-4.7'],
    ['openai/deepseek-ai/DeepSeek-V3', null, 'deepseek-ai/DeepSeek-V3'],
    ['deepseek-ai/DeepSeek-V3', 'openai', 'deepseek-ai/DeepSeek-V3'],
    ['openai/x/y', 'openai', 'x/y'],
    ['openai/x/y', 'siliconflow', 'siliconflow/openai/x/y'],
    ['deepseek-ai/X', null, 'deepseek-ai/X'],
    ['glm-4.7', null, 'glm-4.7'],
    ['gpt-4o', null, 'gpt-4o'],
    ['gpt-4o', '', 'gpt-4o'],
    ['openai/openai/x', null, 'openai/x'],
    ['openai', 'openai', 'openai'],
  ])('%s with provider %s is %s', (model, provider, id) => {
    expect(upstreamModelId(model, provider)).toBe(id)
  })
})
