import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { answerParent } from './child.ts'

/**
 * The provider that everything in the bench talks to. A stream's length and pace are words of its prompt, because a
 * gateway passes those on: `stream CHUNKS EVERY_MS`. The key `sk-sick` is always refused.
 */

const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: 'bench-model',
    choices: [{ index: 0, message: { role: 'assistant', content: 'x'.repeat(760) }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 100, completion_tokens: 100, total_tokens: 200 },
  }),
)
const head = { id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'bench-model' }
const refusal = Buffer.from(
  JSON.stringify({ error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } }),
)

const counts = { requests: 0, sick: 0, cut: 0, begun: 0 }

/** Each chunk carries its number and the time it was sent. */
function chunk(number: number): string {
  const content = `${number}:${Date.now()} ${'y'.repeat(150)}`
  return `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`
}

const finish = `data: ${JSON.stringify({ ...head, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`

async function stream(chunks: number, everyMs: number, response: ServerResponse) {
  counts.begun += 1
  response.once('close', () => {
    if (!response.writableFinished) counts.cut += 1
  })
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (let number = 0; number < chunks && !response.destroyed; number += 1) {
    response.write(chunk(number))
    if (everyMs > 0) await delay(everyMs)
  }
  response.end(`${finish}data: [DONE]\n\n`)
}

function reply(request: IncomingMessage, body: string, response: ServerResponse) {
  counts.requests += 1
  if (request.headers.authorization === 'Bearer sk-sick') {
    counts.sick += 1
    response.writeHead(429, { 'content-type': 'application/json' }).end(refusal)
    return
  }
  const [, chunks, everyMs] = /stream (\d+) (\d+)/.exec(body) ?? []
  if (chunks !== undefined) {
    void stream(Number(chunks), Number(everyMs), response)
    return
  }
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer)
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => reply(request, Buffer.concat(parts).toString('latin1'), response))
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1')

answerParent({
  port: () => (server.address() as AddressInfo).port,
  counts: () => ({ ...counts }),
})
