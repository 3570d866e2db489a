import type { ExportFormat, ReaderWarning } from '../../../shared/export.ts'
import { Failure } from '../../../shared/failure.ts'
import {
  decodeDotenvBytes,
  exportDotenv,
  exportJson,
  exportLitellmYaml,
  isShownName,
  parseDotenv,
  readerDifferences,
  secretRanges,
  secretRangesInJson,
  secretRangesInYaml,
  writeDotenv,
  type DotenvTree,
  type ExportForm,
  type ExportModel,
} from '../../dotenv/index.ts'
import { fileRefused, type Destination } from '../destination.ts'
import { refused } from './chosen-models.ts'
import { shownText, type ShownText } from './masked-lines.ts'

/** The text of a file that is there; a file that is no text is nobody's configuration, and is not replaced. */
export function textOf({ path, present }: Pick<Destination, 'path' | 'present'>): string {
  if (present === null) return ''
  const decoded = decodeDotenvBytes(present.bytes)
  if (decoded.ok) return decoded.text
  if (decoded.reason === 'empty') return present.bytes.toString('utf8')
  throw fileRefused(path, 'not-text')
}

export interface WrittenText {
  readonly text: string
  /** Lines of the file as it is whose comment inside the JSON is not in the new one. */
  readonly lostComments: readonly number[]
}

const whole = (text: string): WrittenText => ({ text, lostComments: [] })

/** The whole file as it will be. Only a `.env` keeps what was there. */
export function writtenText(
  models: readonly ExportModel[],
  form: ExportForm,
  { format, before }: { format: ExportFormat; before: string },
): WrittenText {
  switch (format) {
    case 'json':
      return whole(exportJson(models, form))
    case 'litellm':
      return whole(exportLitellmYaml(models, form))
    case 'dotenv':
    default:
      return mergedInto(before, (tree) => exportDotenv(models, form, tree))
  }
}

/** A `.env` after a change to its tree, or the failure that says why it cannot be made. */
export function mergedInto(before: string, change: (tree: DotenvTree) => ReturnType<typeof exportDotenv>): WrittenText {
  const result = change(parseDotenv(before))
  if (result.ok) return { text: writeDotenv(result.tree), lostComments: result.lostComments }
  if (result.reason === 'bad-json') {
    const { reason, line, column } = result
    throw new Failure('EXPORT_REFUSED', { reason, line, column })
  }
  throw refused(result.reason === 'open-quote' ? 'open-quote' : 'no-common-form')
}

const withoutMark = (text: string) => text.replace(/^\uFEFF/, '')

export function shownFile(text: string, format: ExportFormat): ShownText {
  const plain = withoutMark(text)
  if (format === 'json') return shownText(plain, plain.trim() === '' ? [] : secretRangesInJson(plain))
  if (format === 'litellm') return shownText(plain, secretRangesInYaml(plain))
  return shownText(plain, secretRanges(parseDotenv(text)))
}

/** More than a person will read. */
const maxWarnings = 200

export function readerWarnings(text: string, format: ExportFormat): ReaderWarning[] {
  if (format !== 'dotenv') return []
  return readerDifferences(parseDotenv(text))
    .slice(0, maxWarnings)
    .map(({ name, ...difference }) => ({ ...difference, name: name !== null && isShownName(name) ? name : null }))
}
