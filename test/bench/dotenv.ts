import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  exportDotenv,
  isPlaceholderSecret,
  parseDotenv,
  readerDifferences,
  setVariable,
  writeDotenv,
  type ExportModel,
} from '../../electron/dotenv/index.ts'
import { createModels } from '../../electron/models/models.ts'
import { Catalogue, emptyCatalogue } from '../../electron/models/stored-model.ts'
import { createVaultSafe } from '../../electron/models/vault-safe.ts'
import { createImports } from '../../electron/transfer/imports.ts'
import { readFile } from '../../electron/transfer/read-file.ts'
import { nodeFileSystem } from '../../electron/vault/file-system.ts'
import { createVault } from '../../electron/vault/vault.ts'
import { fastDerive } from '../vault/vault-builder.ts'
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

/** Imports over a vault that holds every other model already, with half of its keys: nothing is found by its name alone. */
async function importsOver(folder: string, all: readonly ExportModel[]) {
  const vault = await createVault<Catalogue>({
    folder,
    fs: nodeFileSystem,
    clock: { nowMs: () => performance.now(), wallMs: () => Date.now() },
    randomBytes,
    deriveKey: fastDerive,
    protectors: [],
    delay: () => Promise.resolve(),
    metadata: { schema: Catalogue, empty: () => structuredClone(emptyCatalogue) },
    onChange: () => undefined,
  })
  await vault.create({ protection: 'pass', passphrase: 'correct horse battery' })
  const safes = [createVaultSafe(vault)]
  const models = createModels({ safes, newId: randomUUID, wallMs: Date.now, onChange: () => undefined })
  const half = all.filter((_model, place) => place % 2 === 0)
  const incoming = half.map(({ name, provider, apiBase, keys }) => {
    const known = keys.slice(0, keys.length / 2).map((secret) => ({ secret }))
    return { name, provider, apiBase, temperature: 0.5, extra: {}, keys: known, mode: 'merge' as const }
  })
  await models.takeOver(incoming, () => true)
  const imports = createImports({ read: readFile, models, isPlaceholder: isPlaceholderSecret, newId: randomUUID })
  return { imports, close: () => vault.lock() }
}

export async function figures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keywheel-bench-'))
  const { imports, close } = await importsOver(folder, manyModels())
  try {
    return await measured((bytes) => imports.preview(bytes))
  } finally {
    await close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measured(preview: (bytes: Uint8Array) => unknown): Promise<Figure[]> {
  const whole = mixedFile(mebibyte)
  const half = mixedFile(mebibyte / 2)
  const tree = parseDotenv(whole)
  const exported = exportDotenv(manyModels(), { kind: 'portable' })
  const importBytes = Buffer.from(exported.ok ? writeDotenv(exported.tree) : '')
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
      import: () => preview(importBytes),
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
    atMost('dotenv import 1,000 models x 10 keys, to the difference table', 'ms', 1000, took.import),
  ]
}
