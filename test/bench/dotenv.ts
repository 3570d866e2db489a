import {
  exportDotenv,
  importDotenv,
  parseDotenv,
  readerDifferences,
  setVariable,
  writeDotenv,
  type ExportModel,
} from '../../electron/dotenv/index.ts'
import { atMost, interleaved, median, type Figure } from './figure.ts'

const rounds = 9
const mebibyte = 1 << 20

/** Lines of every kind that a real file has. */
function mixedFile(bytes: number): string {
  const block = [
    '# a comment line of usual length, with some words in it',
    'PLAIN=value-of-usual-length',
    'export QUOTED="a value \\"with\\" escapes\\n and more"',
    "SINGLE='single quoted # not a comment' # a comment",
    '',
    'JSON=\'{\n  "a": [1, 2, 3],\n  "b": "text"\n}\'',
    'PEM="-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC\n-----END KEY-----"',
    'broken line without a sign',
    '',
  ].join('\n')
  return block.repeat(Math.ceil(bytes / block.length)).slice(0, bytes)
}

/** The shape that takes npm dotenv quadratic time. */
const blankFile = (bytes: number) => `${'\n'.repeat(bytes - 1)}x`

/** Each of these as a contender that says how long it took. */
function timed<N extends string>(runs: Record<N, () => void>): Record<N, () => Promise<number>> {
  const timeOf = (run: () => void) => async () => {
    const startMs = performance.now()
    run()
    return performance.now() - startMs
  }
  const entries = Object.entries<() => void>(runs).map(([name, run]) => [name, timeOf(run)])
  return Object.fromEntries(entries) as Record<N, () => Promise<number>>
}

function manyModels(): ExportModel[] {
  return Array.from({ length: 1000 }, (_, model) => ({
    name: `vendor/model-${model}`,
    provider: 'openai',
    apiBase: `https://host-${model % 50}.test/v1`,
    temperature: 1,
    keys: Array.from({ length: 10 }, (_key, index) => `sk-bench-${model}-${index}-0123456789abcdef`),
  }))
}

export async function figures(): Promise<Figure[]> {
  const whole = mixedFile(mebibyte)
  const half = mixedFile(mebibyte / 2)
  const tree = parseDotenv(whole)
  const exported = exportDotenv(manyModels(), { kind: 'portable' })
  const importText = exported.ok ? writeDotenv(exported.tree) : ''
  const took = await interleaved(
    rounds,
    timed({
      parse: () => parseDotenv(whole),
      'parse-half': () => parseDotenv(half),
      write: () => writeDotenv(tree),
      edit: () => setVariable(tree, 'PLAIN', 'new'),
      blank: () => parseDotenv(blankFile(mebibyte)),
      'blank-half': () => parseDotenv(blankFile(mebibyte / 2)),
      differences: () => readerDifferences(tree),
      import: () => importDotenv(importText),
    }),
  )
  const growth = (name: string, whole: readonly number[], half: readonly number[]): Figure => {
    return { name, value: median(whole) / median(half), unit: 't(2n)/t(n)', goal: { atMost: 3 } }
  }
  return [
    atMost('dotenv parse 1 MiB', 'ms', 200, took.parse),
    atMost('dotenv write 1 MiB', 'ms', 200, took.write),
    atMost('dotenv edit 1 variable in 1 MiB', 'ms', 200, took.edit),
    growth('dotenv parse growth', took.parse, took['parse-half']),
    growth('dotenv parse growth, blank lines', took.blank, took['blank-half']),
    atMost('dotenv reader differences 1 MiB', 'ms', 1000, took.differences),
    atMost('dotenv import 1,000 models x 10 keys', 'ms', 1000, took.import),
  ]
}
