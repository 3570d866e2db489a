import { parseArgs } from 'node:util'

/** What a person may say when starting the browser host. */
export interface StartOptions {
  readonly port: number
  /** Shows the page in the system's browser. */
  readonly open: boolean
  /** For programs: one line of JSON for each link, and a fresh one for each line read. */
  readonly json: boolean
}

/** Fixed, so that an SSH forward of the same number works. */
const defaultPort = 8786

export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: StartOptions }
  | { readonly kind: 'mistake'; readonly sentence: string }

export function parseStartOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ParsedOptions {
  const port = parsePort(env['KEYWHEEL_PORT'])
  if (port === null) return mistake('KEYWHEEL_PORT must be a number from 1 to 65535, or 0 for any free port.')
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        'no-open': { type: 'boolean' },
        'print-ready-json': { type: 'boolean' },
        // Says to `npm start` that Electron is not wanted; here that is so in any case.
        browser: { type: 'boolean' },
      },
    })
    const json = values['print-ready-json'] === true
    return { kind: 'options', options: { port, json, open: values['no-open'] !== true && !json } }
  } catch {
    return mistake('Keywheel knows the options --no-open, --browser and --print-ready-json.')
  }
}

const mistake = (sentence: string): ParsedOptions => ({ kind: 'mistake', sentence })

function parsePort(given: string | undefined): number | null {
  if (given === undefined || given === '') return defaultPort
  return /^\d{1,5}$/.test(given) && Number(given) <= 65_535 ? Number(given) : null
}
