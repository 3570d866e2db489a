import { createInstance } from 'i18next'
import { describe, expect, it } from 'vitest'
import { numberTexts } from '../../../renderer/i18n/number-texts.ts'

const texts = {
  keys_one: '{{count}} key',
  keys_other: '{{count}} keys',
  port: 'Port {{port}}',
  name: '{{name}} is',
  size: '{{width}} × {{height}}',
}

async function filledIn(language: string) {
  const i18n = createInstance().use(numberTexts)
  const interpolation = { escapeValue: false, alwaysFormat: true }
  await i18n.init({ lng: language, resources: { [language]: { translation: texts } }, interpolation })
  return i18n.t as (key: string, values: object) => string
}

describe('what is filled into a text', () => {
  it('is written as its language writes numbers', async () => {
    const t = await filledIn('en')
    expect(t('keys', { count: 10_000 })).toBe('10,000 keys')
    expect(t('keys', { count: 1 })).toBe('1 key')
    expect((await filledIn('de'))('keys', { count: 10_000 })).toBe('10.000 keys')
  })

  it('stays as it is when it is a name, also one that is a number', async () => {
    const t = await filledIn('en')
    expect(t('port', { port: 8787 })).toBe('Port 8787')
    expect(t('name', { name: '10000' })).toBe('10000 is')
    expect(t('size', { width: 2048, height: 9 })).toBe('2048 × 9')
  })
})
