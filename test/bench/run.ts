import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { build } from '../../electron/launch/build.ts'
import { isMet, renderFigure, type Bench, type Figure } from './figure.ts'

/** `npm run bench [-- NAME…] [--json FILE]`: one line a figure. Every file here that exports `figures` takes part. */
const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })

const folder = import.meta.dirname
/** Looked for in the text, because a file that is not a bench may do its work on import. */
const exportsFigures = /^export (?:const|(?:async )?function\*?) figures\b/m

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && exportsFigures.test(readFileSync(join(folder, name), 'utf8')))
  .map((name) => basename(name, '.ts'))

const unknown = positionals.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}. There is: ${names.join(', ')}.`)
  process.exit(2)
}

const outcome = await build(join(folder, '..', '..'))
if (outcome.kind === 'failed') {
  console.error(outcome.output)
  process.exit(1)
}

const measured: (Figure & { ok: boolean })[] = []
for (const name of positionals.length > 0 ? positionals : names) {
  const { figures } = (await import(join(folder, `${name}.ts`))) as { figures: Bench }
  for await (const figure of await figures()) {
    console.log(renderFigure(figure))
    measured.push({ ...figure, ok: isMet(figure) })
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`)
