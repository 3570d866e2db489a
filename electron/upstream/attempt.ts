import type { Usage } from '../../shared/request.ts'
import { classify, type ClassifyContext } from '../rotation/classification/classify.ts'
import { learnLimits } from '../rotation/classification/learned-limits.ts'
import { redact } from '../rotation/classification/provider-message.ts'
import type { Attempt, AttemptResult } from '../rotation/attempt.ts'
import type { Lease } from '../rotation/lease.ts'
import type { Outcome, OutcomeDetail } from '../rotation/outcome.ts'
import type { WireFailure } from '../rotation/wire-failure.ts'
import type { ExtraHeaders } from './extra-headers.ts'
import { promptTokensOf } from './estimated-usage.ts'
import { notedHeaders } from './noted-headers.ts'
import { providerFamily } from './providers/family.ts'
import { filterResponseHeaders } from './response-headers.ts'
import { eachOf, erasedOf, type Erased } from './secret-eraser.ts'
import type { Upstream } from './upstream.ts'
import type { UpstreamAnswer, UpstreamRequest, WireEnd, WireHead } from './wire-attempt.ts'

/** A provider's refusal as a client may see it, for faults that are the client's own. */
export interface RefusedAnswer {
  status: number
  headers: Record<string, string>
  /** At most 64 KiB, without the key. */
  body: string
}

export interface AttemptOptions {
  upstream: Upstream
  request: UpstreamRequest
  /** The secret of a leased key, read at the last moment; undefined when it has been deleted since. */
  secretOf: (keyId: string) => string | undefined
  /** What the provider is sent beside the key, read at the last moment too; left out where there is nothing. */
  extraHeaders?: (() => ExtraHeaders | undefined) | undefined
  wallMs: () => number
  /** Told of every complete answer that is not a success, in the provider's words. */
  onRefused?: (answer: RefusedAnswer, lease: Lease) => void
}

/** The rotation's port: one attempt over the wire, and what it means. */
export function createAttempt(options: AttemptOptions): Attempt<UpstreamAnswer> {
  const { upstream, request, secretOf, extraHeaders, wallMs } = options
  return (lease, signal) => {
    const secret = secretOf(lease.keyId)
    const extra = extraHeaders ? extraHeaders() : null
    if (secret === undefined || extra === undefined) return Promise.resolve(withoutSecret)
    const erased = erasedOf(secret, extra)
    return upstream.attempt(request, secret, signal, extra).then((result): AttemptResult<UpstreamAnswer> => {
      if (result.committed) return commit(result, request, erased, wallMs())
      tellRefusal(result.failure, erased, lease, options)
      return { committed: false, outcome: outcomeOfFailure(result.failure, request, erased, wallMs()) }
    })
  }
}

/** The key was deleted or the vault was locked since the lease: nothing is known about the key, so nothing is held against it. */
const withoutSecret: AttemptResult<UpstreamAnswer> = {
  committed: false,
  outcome: {
    kind: 'upstream-failed',
    cause: 'not-sent',
    retryAfterMs: null,
    mayBeBilled: false,
    status: null,
    providerCode: null,
    providerMessage: null,
    limits: null,
  },
}

function contextOf({ target }: UpstreamRequest, erased: Erased, wallMs: number): ClassifyContext {
  return {
    provider: providerFamily(target.provider, target.apiBase),
    model: target.model,
    wallMs,
    secrets: eachOf(erased),
  }
}

function commit(
  { answer, head, ended }: { answer: UpstreamAnswer; head: WireHead; ended: Promise<WireEnd> | WireEnd },
  request: UpstreamRequest,
  erased: Erased,
  wallMs: number,
): AttemptResult<UpstreamAnswer> {
  // Read now: nobody holds a secret for as long as a stream may last.
  const detail: OutcomeDetail = {
    status: head.status,
    providerCode: null,
    providerMessage: null,
    limits: learnLimits(head.headers, wallMs),
    headers: notedHeaders(head.headers, erased),
  }
  const done =
    ended instanceof Promise
      ? ended.then((end) => outcomeOfEnd(end, detail, request))
      : outcomeOfEnd(ended, detail, request)
  return { committed: true, value: answer, done }
}

function outcomeOfFailure(failure: WireFailure, request: UpstreamRequest, erased: Erased, wallMs: number): Outcome {
  const outcome = classify(failure, contextOf(request, erased, wallMs))
  if ('headers' in failure) outcome.headers = notedHeaders(failure.headers, erased)
  return outcome
}

function outcomeOfEnd(end: WireEnd, detail: OutcomeDetail, request: UpstreamRequest): Outcome {
  const usage = end.usage && withPrompt(end.usage, request)
  if (end.kind === 'cancelled') return { ...detail, kind: 'cancelled', ...(usage && { usage }) }
  if (end.kind === 'broken') return { ...detail, kind: 'broken-stream', cause: end.cause, ...(usage && { usage }) }
  if (!usage) return { ...detail, kind: 'served', promptTokens: null, completionTokens: null }
  const { promptTokens, completionTokens, estimated } = usage
  if (!estimated) return { ...detail, kind: 'served', promptTokens, completionTokens }
  return { ...detail, kind: 'served', promptTokens, completionTokens, estimated }
}

/** An estimate of an answer knows nothing of its prompt, unless the provider has said it at the beginning. */
function withPrompt(usage: Usage, { body }: UpstreamRequest): Usage {
  return usage.estimated && usage.promptTokens === 0 ? { ...usage, promptTokens: promptTokensOf(body) } : usage
}

function tellRefusal(failure: WireFailure, erased: Erased, lease: Lease, { onRefused }: AttemptOptions) {
  if (!onRefused) return
  if (failure.kind === 'answer') {
    const { status, headers, body } = failure
    onRefused({ status, headers: filterResponseHeaders(headers, erased), body: redact(body, eachOf(erased)) }, lease)
  } else if (failure.kind === 'stream-error') {
    // It came inside a 200, which it was not.
    const headers = { 'content-type': 'application/json' }
    onRefused({ status: 400, headers, body: redact(failure.data, eachOf(erased)) }, lease)
  }
}
