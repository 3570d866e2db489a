import { parseArgs } from 'node:util'
import { ClientName, GatewayPort } from '../../../shared/gateway.ts'
import { exitCodes, Refused } from './refused.ts'

/** What a person may ask of `npm run gateway`. */
export type Order =
  | { readonly kind: 'serve'; readonly port: number | null }
  | { readonly kind: 'help' }
  | { readonly kind: 'list' }
  | { readonly kind: 'revoke'; readonly name: string }
  | NewClientOrder

export interface NewClientOrder {
  readonly kind: 'add'
  readonly name: string
  /** By name; null for all. */
  readonly models: readonly string[] | null
  readonly requestsPerMinute: number | null
  readonly tokensPerDay: number | null
}

export const usage: readonly string[] = [
  'npm run gateway [-- --port PORT]             run the gateway until Ctrl-C',
  'npm run gateway -- client add NAME           add a client and print its token, which is shown once',
  '    [--models NAME,NAME] [--requests-per-minute N] [--tokens-per-day N]',
  'npm run gateway -- client list               show the clients',
  'npm run gateway -- client revoke NAME        refuse a client from now on',
  '',
  'The vault is opened by its key file, by the passphrase in the file that KEYWHEEL_PASSPHRASE_FILE names, or by a',
  'passphrase typed here. KEYWHEEL_DATA names another data folder, KEYWHEEL_PORT another port of the interface.',
]

export function parseOrder(args: readonly string[]): Order {
  const { values, positionals } = parsed(args)
  if (values.help === true) return { kind: 'help' }
  const [subject, verb, name, ...rest] = positionals
  if (subject === undefined) return { kind: 'serve', port: values.port === undefined ? null : portOf(values.port) }
  if (subject !== 'client' || rest.length > 0) throw misused()
  if (verb === 'list' && name === undefined) return { kind: 'list' }
  if (verb === 'revoke' && name !== undefined) return { kind: 'revoke', name: nameOf(name) }
  if (verb !== 'add' || name === undefined) throw misused()
  return {
    kind: 'add',
    name: nameOf(name),
    models: values.models === undefined ? null : values.models.split(',').map((model) => model.trim()),
    requestsPerMinute: countOf(values['requests-per-minute'], '--requests-per-minute'),
    tokensPerDay: countOf(values['tokens-per-day'], '--tokens-per-day'),
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        port: { type: 'string' },
        models: { type: 'string' },
        'requests-per-minute': { type: 'string' },
        'tokens-per-day': { type: 'string' },
      },
    })
  } catch {
    throw misused()
  }
}

const misused = () => new Refused(usage.join('\n'), exitCodes.misused)

const mistake = (sentence: string) => new Refused(sentence, exitCodes.misused)

function portOf(text: string): number {
  const port = /^\d+$/.test(text) ? GatewayPort.safeParse(Number(text)) : null
  if (!port?.success) throw mistake('--port takes a number from 1024 to 65535.')
  return port.data
}

function nameOf(text: string): string {
  const name = ClientName.safeParse(text)
  if (!name.success) throw mistake('A client’s name has 1 to 80 characters, and no control characters.')
  return name.data
}

function countOf(text: string | undefined, option: string): number | null {
  if (text === undefined) return null
  if (!/^[1-9]\d{0,11}$/.test(text)) throw mistake(`${option} takes a whole number from 1 on.`)
  return Number(text)
}
