import * as z from 'zod'

/** What the gateway must know of a chat request; every other field passes through as it came. */
const ChatBody = z.looseObject({
  model: z.string().min(1),
  messages: z.array(z.looseObject({})).min(1),
  stream: z.boolean().nullish(),
  temperature: z.number().nullish(),
  stream_options: z.looseObject({}).nullish(),
})

export type ChatBodyProblem = 'not-json' | 'no-model' | 'no-messages' | 'wrong-type'

export type ParsedChatBody =
  | { ok: true; model: string; stream: boolean; forUpstream(model: UpstreamFields): Buffer }
  | { ok: false; problem: ChatBodyProblem }

export interface UpstreamFields {
  /** The id that reaches the provider. */
  model: string
  /** Added only when the client sent none; null adds nothing. */
  temperature: number | null
  /** Ask the stream for its usage, when the client did not say otherwise. */
  askForUsage: boolean
}

/** Reads a chat request and can write it again for a provider. A field the gateway does not know is left alone. */
export function parseChatBody(bytes: Uint8Array): ParsedChatBody {
  const json = parseJson(bytes)
  if (json === undefined) return { ok: false, problem: 'not-json' }
  const parsed = ChatBody.safeParse(json)
  if (!parsed.success) return { ok: false, problem: problemOf(parsed.error) }
  const body = parsed.data
  const stream = body.stream === true
  return {
    ok: true,
    model: body.model,
    stream,
    forUpstream({ model, temperature, askForUsage }) {
      const changed: Record<string, unknown> = { ...body, model }
      if (temperature !== null && body.temperature === undefined) changed['temperature'] = temperature
      if (stream && askForUsage && body.stream_options === undefined)
        changed['stream_options'] = { include_usage: true }
      return Buffer.from(JSON.stringify(changed))
    },
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

function problemOf(error: z.ZodError): ChatBodyProblem {
  const [field] = error.issues[0]?.path ?? []
  if (field === 'model') return 'no-model'
  return field === 'messages' ? 'no-messages' : 'wrong-type'
}
