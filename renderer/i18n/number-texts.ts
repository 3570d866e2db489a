import type { FormatterModule } from 'i18next'
import { formatInteger } from '../ui/format.ts'

/** Numbers that name something and count nothing: a port is not called 8,787, nor an image 2,048 × 9. */
const names = new Set(['port', 'width', 'height'])

/** A number that is filled into a text is written as its language writes numbers; whatever is text already stays. */
function format(
  value: unknown,
  _format?: string,
  language = 'en',
  options: Readonly<Record<string, unknown>> = {},
): string {
  const isCount = typeof value === 'number' && !names.has(String(options['interpolationkey']))
  return isCount ? formatInteger(value, language) : (value as string)
}

export const numberTexts: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format,
}
