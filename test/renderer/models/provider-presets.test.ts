import { describe, expect, it } from 'vitest'
import { parseApiBase } from '../../../electron/models/api-base.ts'
import { isForeign, presetAt, presetOfShape, providerPresets } from '../../../shared/provider-presets.ts'

describe('the table of providers', () => {
  it('has bases that a model may have, as they are', () => {
    for (const { apiBase } of providerPresets) expect(parseApiBase(apiBase).url).toBe(apiBase)
  })

  it('finds each by its base, and by its other hosts', () => {
    for (const preset of providerPresets) {
      expect(presetAt(preset.apiBase)).toBe(preset)
      for (const host of preset.alsoAt ?? []) expect(presetAt(`https://${host}/v1`)).toBe(preset)
    }
    expect(presetAt('https://relay.example/v1')).toBeUndefined()
    expect(presetAt('https://api.openai.com.evil.example/v1')).toBeUndefined()
  })

  it('names pages over HTTPS where keys are made', () => {
    const pages = providerPresets.flatMap(({ keysAt }) => keysAt ?? [])
    expect(pages.filter((page) => new URL(page).protocol !== 'https:')).toEqual([])
  })

  it('takes no key for two providers', () => {
    for (const { keyShape } of providerPresets) {
      const example = `${keyShape.replace('…', '')}abcdefghijklmnopqrstuvwxyz0123`
      expect(providerPresets.filter(({ distinctive }) => distinctive?.test(example)).length).toBeLessThan(2)
    }
  })

  it('asks nothing of a shape that many have', () => {
    expect(presetOfShape('sk-0123456789abcdef')).toBeUndefined()
    expect(isForeign(null, 'https://api.openai.com/v1')).toBe(false)
    expect(isForeign('anthropic', 'https://api.openai.com/v1')).toBe(true)
    expect(isForeign('anthropic', 'https://relay.example/v1')).toBe(false)
  })
})
