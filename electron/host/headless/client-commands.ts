import { ORPCError } from '@orpc/client'
import type { ClientView } from '../../../shared/gateway.ts'
import type { ModelId } from '../../../shared/identity.ts'
import type { Terminal } from '../browser/terminal.ts'
import type { NewClientOrder, Order } from './arguments.ts'
import type { Calls } from './calls.ts'
import { Refused } from './refused.ts'

export type ClientOrder = Extract<Order, { kind: 'add' | 'list' | 'revoke' }>

/** The result goes to the output and everything else beside it, so that `$(…)` takes a token and nothing more. */
export async function runClientOrder(calls: Calls, order: ClientOrder, terminal: Terminal): Promise<void> {
  switch (order.kind) {
    case 'add':
      return addClient(calls, order, terminal)
    case 'list':
      for (const line of tableOf(await calls.gateway.clients())) terminal.say(line)
      return
    case 'revoke':
      return revokeClient(calls, order.name, terminal)
    default:
      order satisfies never
  }
}

async function addClient(calls: Calls, order: NewClientOrder, terminal: Terminal): Promise<void> {
  const { name, requestsPerMinute, tokensPerDay } = order
  const allowedModels = order.models && (await idsOf(calls, order.models))
  const { token } = await calls.gateway
    .addClient({ name, allowedModels, requestsPerMinute, tokensPerDay })
    .catch((error: unknown) => {
      const isTaken = error instanceof ORPCError && error.code === 'CLIENT_NAME_TAKEN'
      throw isTaken ? new Refused(`The name “${name}” is taken. Choose another, or revoke that client first.`) : error
    })
  const { baseUrl } = await calls.gateway.status()
  terminal.complain(`This token of “${name}” is shown once. Give it to the program as its API key, with ${baseUrl}`)
  terminal.say(token)
}

async function idsOf(calls: Calls, names: readonly string[]): Promise<ModelId[]> {
  const models = await calls.models.list()
  return names.map((name) => {
    const model = models.find((one) => one.name === name)
    if (!model) throw new Refused(`There is no model “${name}”.`)
    return model.id
  })
}

async function revokeClient(calls: Calls, name: string, terminal: Terminal): Promise<void> {
  const client = (await calls.gateway.clients()).find((one) => one.name === name)
  if (!client) throw new Refused(`There is no client “${name}”. npm run gateway -- client list shows those there are.`)
  await calls.gateway.revokeClient({ id: client.id })
  terminal.complain(`“${name}” is refused from now on.`)
}

const heading = ['NAME', 'TOKEN', 'ADDED', 'MODELS', 'PER MINUTE', 'TOKENS TODAY']

function tableOf(clients: readonly ClientView[]): string[] {
  const rows = [heading, ...clients.map(rowOf)]
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function rowOf(client: ClientView): string[] {
  const { name, tokenLastFour, createdAtMs, allowedModels, requestsPerMinute, tokensToday, tokensPerDay } = client
  return [
    name,
    `…${tokenLastFour}`,
    new Date(createdAtMs).toISOString().slice(0, 10),
    allowedModels === null ? 'all' : String(allowedModels.length),
    requestsPerMinute === null ? 'any' : String(requestsPerMinute),
    tokensPerDay === null ? String(tokensToday) : `${tokensToday} of ${tokensPerDay}`,
  ]
}
