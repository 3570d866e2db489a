import { createHash } from 'node:crypto'
import { asRecord } from '../../rotation/classification/provider-error.ts'

/**
 * What stays the same over the turns of one conversation, for keys that keep a warm prompt cache: what the client calls
 * it, else what it begins with. Undefined when there is nothing to go by.
 */
export function conversationOf(body: Uint8Array): string | undefined {
  const json = parse(body)
  if (!json) return undefined
  const named = [
    json['prompt_cache_key'],
    asRecord(json['conversation'])?.['id'] ?? json['conversation'],
    asRecord(json['metadata'])?.['user_id'],
  ].find((name) => typeof name === 'string' && name !== '')
  const beginning = named ?? beginningOf(json)
  return beginning === undefined ? undefined : createHash('sha256').update(JSON.stringify(beginning)).digest('base64')
}

/** The system's words and the first thing that was said: later turns only add to them. */
function beginningOf(json: Readonly<Record<string, unknown>>): unknown {
  const messages = json['messages'] ?? json['input']
  if (!Array.isArray(messages)) return messages ?? json['prompt']
  const firstOfUser = messages.findIndex((message) => asRecord(message)?.['role'] === 'user')
  return [json['system'] ?? json['instructions'] ?? null, messages.slice(0, firstOfUser + 1)]
}

function parse(body: Uint8Array) {
  try {
    return asRecord(JSON.parse(Buffer.from(body).toString()))
  } catch {
    // A form, or nothing that can be read: then one request has nothing to do with the next.
    return undefined
  }
}
