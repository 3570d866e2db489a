import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'

export interface Pace {
  tokens: number
  tokensPerSecond: number
}

/** Everything that an answer is made of, over and over: about four letters a token. */
const page = `
## What happens to a request

A **key** is *leased* for one attempt; when \`acct-2\` is refused, the next one takes over at once. The client sees one
answer and [nothing else](https://example.com/rotation), and the report is about the key that was leased.

1. The request is read, and its model found.
2. A key is chosen:
   - in turn, by weight, or by what it has left;
   - never one that cools down.
3. What comes back decides what happens next.

| outcome | the key | the request |
| --- | --- | --- |
| rate-limited | cools down for *Retry-After* | next key at once |
| rejected | out until a test passes | next key at once |
| served | counters back to zero | done |

\`\`\`python
def pick(keys: list[Key], now_ms: int) -> Key | None:
    """The first key that is not cooling."""
    for key in keys:
        if key.cooling_until_ms <= now_ms:
            return key  # its turn
    return None
\`\`\`

> 轮换密钥：当一个密钥被限流时，请求会自动转到下一个可用的密钥，使用者不需要做任何事情。

`
const pieces = page.match(/[\s\S]{1,4}/g) ?? []
const tickMs = 5

/** A provider that sends every answer a token at a time, never ahead of its pace and never behind it for long. */
export async function startPacedUpstream(pace: Pace): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => stream(response, pace))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve()).closeAllConnections()
      }),
  }
}

function stream(response: ServerResponse, { tokens, tokensPerSecond }: Pace): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const beganMs = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = Math.min(tokens, Math.floor(((performance.now() - beganMs) / 1_000) * tokensPerSecond))
    for (; sent < due; sent += 1) response.write(event({ content: pieces[sent % pieces.length] ?? '' }, null))
    if (sent < tokens) return
    clearInterval(timer)
    response.end(`${event({}, 'stop')}data: [DONE]\n\n`)
  }, tickMs)
  response.on('close', () => clearInterval(timer))
}

function event(delta: object, finish: string | null): string {
  return `data: ${JSON.stringify({ id: 'paced', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
}
