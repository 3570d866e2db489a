import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSources, readSourceTexts } from '../support/source-texts.ts'
import { countsWithoutPlural, differingBlanks, missingKeys, pluralFaults, unusedKeys } from '../support/text-faults.ts'
import { flattened, readTexts, type Texts, type TextTree } from '../support/texts.ts'

const renderer = join(import.meta.dirname, '..', '..', '..', 'renderer')
const en = readTexts(join(renderer, 'i18n', 'en'))
const zhCN = readTexts(join(renderer, 'i18n', 'zh-CN'))
const sources = new Map([...readSources(renderer)].map(([file, source]) => [file, readSourceTexts(file, source)]))

/** Functions that are handed the texts of a namespace name it by their parameter's type. */
const aliases = new Map([
  ['FailureText', 'failures'],
  ['ImportText', 'import'],
])
for (const [file, source] of readSources(renderer)) {
  for (const [alias, namespace] of aliases) if (source.includes(alias)) sources.get(file)?.namespaces.add(namespace)
}

/** Limits and sums: more than one by what they are. */
const neverOne = new Set([
  'key-race:form.onlyFirst',
  'log:cut',
  'playground:line.tokens',
  'playground:line.estimatedTokens',
  'prompt:tokens.of',
  'prompt:tokens.over',
  'prompt:tokens.overWithAnswer',
])

const made = (trees: Record<string, TextTree>): Texts =>
  new Map(Object.entries(trees).map(([namespace, tree]) => [namespace, flattened(tree)]))

describe('the texts of the page', () => {
  it('has every English text in Chinese', () => {
    expect(missingKeys(zhCN, en)).toEqual([])
  })

  it('has every Chinese text in English', () => {
    expect(missingKeys(en, zhCN)).toEqual([])
  })

  it('has just the plural forms that each language asks for', () => {
    expect(pluralFaults(en, 'en')).toEqual([])
    expect(pluralFaults(zhCN, 'zh-CN')).toEqual([])
  })

  it('has a plural form wherever something is counted', () => {
    expect(countsWithoutPlural(en).filter((key) => !neverOne.has(key))).toEqual([])
  })

  it('leaves the same names to be filled in in both languages', () => {
    expect(differingBlanks(zhCN, en)).toEqual([])
  })

  it('keeps no text that nothing shows', () => {
    expect(unusedKeys(en, sources.values())).toEqual([])
  })

  it('has no empty text', () => {
    const empty = [...en, ...zhCN].flatMap(([namespace, entries]) =>
      [...entries].filter(([, text]) => text.trim() === '').map(([key]) => `${namespace}:${key}`),
    )
    expect(empty).toEqual([])
  })

  it('speaks to its reader in one way in Chinese', () => {
    const familiar = [...zhCN].flatMap(([namespace, entries]) =>
      // A greeting is the same for everybody.
      [...entries].filter(([, text]) => /你(?!好)/.test(text)).map(([key]) => `${namespace}:${key}`),
    )
    expect(familiar).toEqual([])
  })

  it('is never written straight into a component', () => {
    const words = [...sources].flatMap(([file, { bareWords }]) => bareWords.map((word) => `${file}: ${word}`))
    expect(words).toEqual([])
  })
})

describe('the checks of the texts', () => {
  it('find a key that one language lacks', () => {
    expect(missingKeys(made({ a: { x: '1' } }), made({ a: { x: '1', y: { z: '2' } } }))).toEqual(['a:y.z'])
    expect(missingKeys(made({}), made({ a: { x: '1' } }))).toEqual(['a:x'])
  })

  it('find a text that counts without a form for one', () => {
    const things = { n_one: '{{count}} key', n_other: '{{count}} keys' }
    expect(countsWithoutPlural(made({ a: { ...things, x: 'Now {{all}} ready keys' } }))).toEqual(['a:x'])
    expect(countsWithoutPlural(made({ a: { ...things, x: '{{done}} of {{all}} keys' } }))).toEqual(['a:x'])
    expect(countsWithoutPlural(made({ a: { ...things, x: '{{name}} was saved.' } }))).toEqual([])
  })

  it('take plural forms for one key, and find a form that is missing', () => {
    const english = made({ a: { n_one: '1', n_other: '2' } })
    expect(missingKeys(made({ a: { n_other: '1' } }), english)).toEqual([])
    expect(pluralFaults(made({ a: { n_other: '1' } }), 'en')).toEqual(['a:n'])
    expect(pluralFaults(english, 'en')).toEqual([])
    expect(pluralFaults(english, 'zh-CN')).toEqual(['a:n'])
  })

  it('find a name to be filled in that was translated or forgotten', () => {
    expect(differingBlanks(made({ a: { x: '{{计数}} 个' } }), made({ a: { x: '{{count}} of them' } }))).toEqual(['a:x'])
  })

  it('find a key that is named nowhere, or only for another namespace', () => {
    const source = readSourceTexts('x.tsx', `const { t } = useTranslation('a'); export const x = t('used')`)
    expect(unusedKeys(made({ a: { used: '1', idle: '2' }, b: { used: '3' } }), [source])).toEqual(['a:idle', 'b:used'])
  })

  it('see a key that a template or a condition names', () => {
    const source = readSourceTexts('x.ts', "const { t } = useTranslation('a'); t(`k.${name}.text`); t(on ? 'p' : 'q')")
    expect(unusedKeys(made({ a: { k: { one: { text: '1', other: '2' } }, p: '3', q: '4' } }), [source])).toEqual([
      'a:k.one.other',
    ])
  })

  it('find words between tags and in attributes that are read out', () => {
    const { bareWords } = readSourceTexts(
      'x.tsx',
      'const x = <b title="Hi" className="box">Hello 1 {"2"} · {t("k")}</b>',
    )
    expect(bareWords).toEqual(['title="Hi"', 'Hello 1'])
  })
})
