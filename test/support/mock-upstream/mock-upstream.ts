import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { give, rejectsKey, type Answer, type Asked } from './answers.ts'

/**
 * A real OpenAI-compatible server on a free loopback port, whose behaviour is scripted for each key: one answer a
 * request, the last one from then on. A key without a script is rejected, as a provider rejects one it never issued.
 * Without models it is a provider that has no list of them, as some are: what a key is worth only an answer shows.
 */
export interface MockUpstream {
  /** The API base to give to a model. */
  readonly url: string
  /** Every request in the order of arrival. */
  readonly requests: readonly SeenRequest[]
  script(key: string, ...answers: readonly [Answer, ...Answer[]]): void
  /** Resolves with the n-th request (from 1) as soon as it has arrived. */
  arrival(n: number): Promise<SeenRequest>
  close(): Promise<void>
}

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly key: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** Resolves when the exchange is over: true when the client left before the answer was complete. */
  readonly leftEarly: Promise<boolean>
}

export async function startMockUpstream(models: readonly string[] = ['mock-model']): Promise<MockUpstream> {
  const scripts = new Map<string, { answers: readonly Answer[]; next: number }>()
  const requests: SeenRequest[] = []
  const waiting: { n: number; resolve: (request: SeenRequest) => void }[] = []

  function answerFor(key: string): Answer {
    const script = scripts.get(key)
    if (!script) return rejectsKey()
    const answer = script.answers[Math.min(script.next, script.answers.length - 1)]
    script.next += 1
    return answer ?? rejectsKey()
  }

  function note(request: SeenRequest) {
    requests.push(request)
    for (const { n, resolve } of waiting) if (n === requests.length) resolve(request)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request)
    const key = keyOf(request.headers)
    const leftEarly = new Promise<boolean>((resolve) => {
      response.once('close', () => resolve(!response.writableFinished))
    })
    const { method = '', url: path = '', headers } = request
    note({ method, path, key, headers, body, leftEarly })
    if (path.endsWith('/models') && method === 'GET' && scripts.has(key)) listModels(models, response)
    else await give(answerFor(key), askedBy(body), response)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    script: (key, ...answers) => void scripts.set(key, { answers, next: 0 }),
    arrival(n) {
      const seen = requests[n - 1]
      if (seen) return Promise.resolve(seen)
      return new Promise((resolve) => {
        waiting.push({ n, resolve })
      })
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function keyOf(headers: IncomingHttpHeaders): string {
  const bearer = headers.authorization?.replace(/^Bearer /i, '')
  const other = headers['x-api-key'] ?? headers['x-goog-api-key'] ?? headers['api-key']
  return bearer ?? (typeof other === 'string' ? other : '')
}

function askedBy(body: string): Asked {
  try {
    const {
      model,
      stream,
      stream_options: options,
    } = JSON.parse(body) as {
      model?: string
      stream?: boolean
      stream_options?: { include_usage?: boolean }
    }
    return { model: model ?? '', stream: stream === true, includeUsage: options?.include_usage === true }
  } catch {
    // Not JSON: an answer that needs none of this is given all the same.
    return { model: '', stream: false, includeUsage: false }
  }
}

function listModels(models: readonly string[], response: ServerResponse): void {
  if (models.length === 0) {
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: 'no path' } }))
    return
  }
  const data = models.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'mock' }))
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data }))
}
