/**
 * A stream whose request waits for a key begins with 200 and comments, so that no client or proxy between gives it up.
 * What would have been the status and the headers is then told inside the stream: a comment before the first event, or
 * an error event in the words of the API. Until then nothing of an answer has gone out, so every key may still serve.
 */
import type { Clock } from '../rotation/clock.ts'
import { sleep } from '../rotation/timing.ts'
import type { GatewayAnswer } from './answer.ts'
import { errorEvent, errorEventOf } from './error-answer.ts'
import { plainFailure } from './request-failure.ts'
import type { Running } from './request-path.ts'

/** The shortest cooldown, of a second, ends before anybody is told of it, with the status and headers it deserves. */
const beginsAfterMs = 1_500
const commentEveryMs = 5_000

export function answerEarly(clock: Clock, running: Running, answer: Promise<GatewayAnswer>): Promise<GatewayAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<GatewayAnswer>()
  let cancel = () => {}
  const settle = <T>(how: (value: T) => void) => {
    return (value: T) => {
      cancel()
      how(value)
    }
  }
  answer.then(settle(resolve), settle(reject))
  const { open } = running
  open.onParked(() => {
    cancel()
    cancel = clock.schedule(beginsAfterMs, () => {
      if (open.parkedUntilMs() !== undefined) resolve(begun(clock, running, answer))
    })
  })
  return promise
}

function begun(clock: Clock, running: Running, answer: Promise<GatewayAnswer>): GatewayAnswer {
  const { 'x-keywheel-request': request = '', 'x-keywheel-model': model = '' } = running.open.headers()
  return {
    status: 200,
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'x-keywheel-request': request,
      'x-keywheel-model': model,
    },
    body: waiting(clock, running, answer),
  }
}

async function* waiting(
  clock: Clock,
  running: Running,
  answer: Promise<GatewayAnswer>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { open, request, route } = running
  const settled = answer.catch(() => null)
  for (;;) {
    yield comment(waitingSince(open.parkedUntilMs()))
    const woken = new AbortController()
    const isSettled = await Promise.race([settled.then(() => true), sleep(commentEveryMs, woken.signal, clock)])
    woken.abort()
    if (isSettled) break
  }
  const late = await settled
  if (request.signal.aborted) return
  if (late) yield* told(late, running)
  else yield errorEvent(plainFailure('internal', running.models[0]?.name ?? ''), route)
}

async function* told({ status, headers, body }: GatewayAnswer, { route }: Running): AsyncGenerator<Uint8Array> {
  const ours = Object.entries(headers).filter(([name]) => name.startsWith('x-keywheel-') || name === 'retry-after')
  yield comment(ours.map(([name, value]) => `${name}: ${value}`).join(', '))
  if (body instanceof Uint8Array) {
    const text = Buffer.from(body).toString()
    yield status < 400 ? dataEvent(text) : errorEventOf(text, status, route)
  } else yield* body
}

function waitingSince(untilMs: number | null | undefined): string {
  return untilMs == null ? 'waiting for a key' : `waiting for a key until ${new Date(untilMs).toISOString()}`
}

const comment = (text: string) => Buffer.from(`: ${text}\n\n`)

/** A whole answer where a stream was asked for. */
const dataEvent = (text: string) => Buffer.from(`${text.replaceAll(/^/gm, 'data: ')}\n\n`)
