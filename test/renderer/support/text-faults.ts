import type { SourceTexts } from './source-texts.ts'
import { blanksOf, withoutPlural, type Texts } from './texts.ts'

const keysOf = (texts: ReadonlyMap<string, string> | undefined) =>
  new Set([...(texts?.keys() ?? [])].map(withoutPlural))

/** Keys that one language has and the other lacks. */
export function missingKeys(texts: Texts, reference: Texts): string[] {
  return [...reference].flatMap(([namespace, wanted]) => {
    const there = keysOf(texts.get(namespace))
    return [...keysOf(wanted)].filter((key) => !there.has(key)).map((key) => `${namespace}:${key}`)
  })
}

/** Plural forms that the language needs and a key lacks, or has and the language never asks for. */
export function pluralFaults(texts: Texts, language: string): string[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
  return [...texts].flatMap(([namespace, entries]) => {
    const forms = Map.groupBy(
      [...entries.keys()].filter((key) => withoutPlural(key) !== key),
      withoutPlural,
    )
    return [...forms]
      .filter(
        ([, keys]) =>
          keys
            .map((key) => key.slice(key.lastIndexOf('_') + 1))
            .sort()
            .join() !== needed.join(),
      )
      .map(([key]) => `${namespace}:${key}`)
  })
}

/** Texts that leave other names to be filled in than the same text in the other language. */
export function differingBlanks(texts: Texts, reference: Texts): string[] {
  const faults: string[] = []
  for (const [namespace, entries] of texts) {
    const other = new Map([...(reference.get(namespace) ?? [])].map(([key, text]) => [withoutPlural(key), text]))
    for (const [key, text] of entries) {
      const twin = other.get(withoutPlural(key))
      if (twin !== undefined && blanksOf(text).join() !== blanksOf(twin).join()) faults.push(`${namespace}:${key}`)
    }
  }
  return faults
}

/** Keys that no source file can name. */
export function unusedKeys(texts: Texts, sources: Iterable<SourceTexts>): string[] {
  const files = [...sources]
  const isUsed = (namespace: string, key: string) =>
    files.some(
      ({ namespaces, patterns, choosesFreely }) =>
        namespaces.has(namespace) &&
        ((choosesFreely && !key.includes('.')) || patterns.some((pattern) => pattern.test(key))),
    )
  return [...texts].flatMap(([namespace, entries]) =>
    [...keysOf(entries)].filter((key) => !isUsed(namespace, key)).map((key) => `${namespace}:${key}`),
  )
}

const afterNumber = /\{\{\s*(?!name\b)\w+\s*\}\} (?:\w+ )??(\w+s)\b/g

/** The words after a number, or with one word between: "{{count}} keys", "{{all}} failed calls". */
const countedIn = (text: string): string[] => [...text.matchAll(afterNumber)].map((match) => match[1] ?? '')

/** What is counted somewhere: the words that stand after a number in a text for many, and in that for one without their s. */
function countedThings(texts: Texts): Set<string> {
  const all = [...texts].flatMap(([, entries]) =>
    [...entries].flatMap(([key, many]) => {
      const one = key.endsWith('_other') ? entries.get(`${withoutPlural(key)}_one`) : undefined
      return one === undefined
        ? []
        : countedIn(many).filter((word) => one.split(/\W+/).includes(word.slice(0, -1)) && !one.includes(word))
    }),
  )
  return new Set(all)
}

/** English texts that put a number before what is counted elsewhere, and have the same form for one and for many. */
export function countsWithoutPlural(texts: Texts): string[] {
  const things = countedThings(texts)
  return [...texts].flatMap(([namespace, entries]) =>
    [...entries]
      .filter(([key, text]) => withoutPlural(key) === key && countedIn(text).some((word) => things.has(word)))
      .map(([key]) => `${namespace}:${key}`),
  )
}
