import {
  exportDotenv,
  importDotenv,
  parseDotenv,
  readerDifferences,
  setVariable,
  writeDotenv,
  type ExportModel,
} from '../../electron/dotenv/index.ts'
import type { Figure } from './figure.ts'

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

function timeMs(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

/** Medians of interleaved rounds, so that a slow moment of the machine hits all of them. */
function measure<N extends string>(runs: Record<N, () => void>): Record<N, { median: number; spread: number }> {
  const names = Object.keys(runs) as N[]
  const times = new Map<N, number[]>(names.map((name) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) times.get(name)?.push(timeMs(runs[name]))
  }
  const results = names.map((name) => {
    const sorted = (times.get(name) ?? []).toSorted((a, b) => a - b)
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0
    return [name, { median, spread: (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) }]
  })
  return Object.fromEntries(results) as Record<N, { median: number; spread: number }>
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

export function figures(): Figure[] {
  const whole = mixedFile(mebibyte)
  const half = mixedFile(mebibyte / 2)
  const tree = parseDotenv(whole)
  const exported = exportDotenv(manyModels(), { kind: 'portable' })
  const importText = exported.ok ? writeDotenv(exported.tree) : ''
  const took = measure({
    parse: () => parseDotenv(whole),
    'parse-half': () => parseDotenv(half),
    write: () => writeDotenv(tree),
    edit: () => setVariable(tree, 'PLAIN', 'new'),
    blank: () => parseDotenv(blankFile(mebibyte)),
    'blank-half': () => parseDotenv(blankFile(mebibyte / 2)),
    differences: () => readerDifferences(tree),
    import: () => importDotenv(importText),
  })
  const atMost = (name: string, { median, spread }: { median: number; spread: number }, limitMs: number): Figure => {
    return { name, value: median, unit: 'ms', goal: `<= ${limitMs}`, ok: median <= limitMs, spread }
  }
  const growth = (name: string, whole: number, half: number): Figure => {
    return { name, value: whole / half, unit: 't(2n)/t(n)', goal: '< 3', ok: whole / half < 3 }
  }
  return [
    atMost('dotenv parse 1 MiB', took.parse, 200),
    atMost('dotenv write 1 MiB', took.write, 200),
    atMost('dotenv edit 1 variable in 1 MiB', took.edit, 200),
    growth('dotenv parse growth', took.parse.median, took['parse-half'].median),
    growth('dotenv parse growth, blank lines', took.blank.median, took['blank-half'].median),
    atMost('dotenv reader differences 1 MiB', took.differences, 1000),
    atMost('dotenv import 1,000 models x 10 keys', took.import, 1000),
  ]
}
