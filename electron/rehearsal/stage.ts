/** A provider that plays: a real HTTP server on loopback, to which no key is ever sent, behind the real upstream. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fault } from '../../shared/rehearsal.ts'
import { rehearsedTimeoutMs } from '../../shared/rehearsal-terms.ts'
import type { Clock } from '../rotation/clock.ts'
import type { StopSignal } from '../rotation/stop-signal.ts'
import { createUpstream, type Upstream } from '../upstream/upstream.ts'
import type { UpstreamRequest, WireAttempt } from '../upstream/wire-attempt.ts'
import { play } from './stage-play.ts'

/** One call, and how it is to be answered. */
export interface Played {
  /** Null for an answer. */
  fault: Fault | null
  /** The label of the key that the answer names. */
  keyLabel: string
}

export interface Stage {
  /** Plays one call; the whole of the real upstream reads what comes of it. */
  attempt: (request: UpstreamRequest, played: Played, signal: StopSignal) => Promise<WireAttempt>
  close: () => Promise<void>
}

export interface StageDeps {
  clock: Clock
  randomBytes: (length: number) => Buffer
}

const stageHost = 'rehearsal.keywheel.internal'
const secretHeader = 'x-keywheel-rehearsal'
const callPath = /^\/call-(\d+)(\/.+)$/

export function createStage({ clock, randomBytes }: StageDeps): Stage {
  const secret = randomBytes(32).toString('base64url')
  const calls = new Map<number, Played>()
  const server = createServer((request, response) => void serve(request, response))
  let counted = 0
  let listening: Promise<string> | null = null
  let origin: string | null = null
  const resolveHost = (hostname: string) =>
    hostname === stageHost && origin !== null ? { origin, headers: { [secretHeader]: secret } } : null
  const patient = createUpstream({ clock, resolveHost })
  // A person who watches does not wait for a minute.
  const hasty = createUpstream({
    clock,
    resolveHost,
    timeouts: { firstByteMs: rehearsedTimeoutMs, wholeAnswerMs: rehearsedTimeoutMs },
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, number, path] = callPath.exec(request.url ?? '') ?? []
    const played = calls.get(Number(number))
    if (!isEqual(request.headers[secretHeader], secret) || !played || path === undefined) {
      response.writeHead(403).end()
      return
    }
    calls.delete(Number(number))
    try {
      await play({ clock, path, played, body: await readText(request), number: Number(number) }, response)
    } catch {
      // Whoever called has left.
      response.destroy()
    }
  }

  /** Begun at the first call, and as often as it takes. */
  function listen(): Promise<string> {
    listening ??= listenOnLoopback(server).then((port) => (origin = `http://127.0.0.1:${port}`))
    return listening
  }

  return {
    async attempt(request, played, signal) {
      await listen()
      const number = (counted += 1)
      calls.set(number, played)
      const target = { ...request.target, apiBase: `http://${stageHost}/call-${number}`, provider: 'openai' }
      const upstream: Upstream = played.fault?.kind === 'timeout' ? hasty : patient
      const result = await upstream.attempt({ ...request, target }, notAKey, signal)
      calls.delete(number)
      return result
    },
    async close() {
      await Promise.all([patient.close(), hasty.close()])
      if (listening === null) return
      await listening.catch(() => undefined)
      server.closeAllConnections()
      await new Promise<void>((resolve) => void server.close(() => resolve()))
    },
  }
}

/** What goes up where a provider would be shown a key. */
const notAKey = 'played-by-keywheel'

function listenOnLoopback(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** In constant time, whatever the length of what was sent. */
function isEqual(sent: string | string[] | undefined, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return typeof sent === 'string' && timingSafeEqual(digest(sent), digest(expected))
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
