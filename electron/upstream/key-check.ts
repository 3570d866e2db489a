import { classify } from '../rotation/classification/classify.ts'
import type { Outcome } from '../rotation/outcome.ts'
import { createAttempt } from './attempt.ts'
import { providerFamily } from './providers/family.ts'
import type { ExtraHeaders } from './extra-headers.ts'
import type { Upstream } from './upstream.ts'
import type { UpstreamRequest, UpstreamTarget } from './wire-attempt.ts'

export interface KeyCheck {
  upstream: Upstream
  target: UpstreamTarget
  secret: string
  /** What its model's provider is sent beside it. */
  extraHeaders?: (() => ExtraHeaders | undefined) | undefined
  signal: AbortSignal
  wallMs: () => number
  /**
   * `key`: that the provider knows the key; free where it lists models. `service`: that the key is served at this
   * model, for one token; the only proof that a quota is back.
   */
  proof: 'key' | 'service'
}

/** One cheap real call with one key. The first request that the provider knows decides. */
export async function checkKey(check: KeyCheck): Promise<Outcome> {
  let outcome: Outcome = classify({ kind: 'cancelled' }, { provider: 'generic', model: '', wallMs: check.wallMs() })
  for (const request of keyCheckRequests(check.target, check.proof)) {
    outcome = await send(check, request)
    if (outcome.kind !== 'caller-fault') return outcome
  }
  return outcome
}

async function send(
  { upstream, secret, extraHeaders, signal, wallMs }: KeyCheck,
  request: UpstreamRequest,
): Promise<Outcome> {
  const attempt = createAttempt({ upstream, request, secretOf: () => secret, extraHeaders, wallMs })
  const result = await attempt({ leaseId: 0, keyId: '', keyLabel: '', attempt: 1, probe: true }, signal)
  if (!result.committed) return result.outcome
  const { body } = result.value
  if (!Buffer.isBuffer(body)) for await (const chunk of body) void chunk
  return result.done
}

/**
 * What to ask, in order, as long as the provider does not know the request. OpenRouter lists its models to anybody, so
 * there the key itself is asked for. Newer models of OpenAI take `max_completion_tokens` only, others `max_tokens` only.
 */
export function keyCheckRequests(target: UpstreamTarget, proof: KeyCheck['proof']): readonly UpstreamRequest[] {
  const family = providerFamily(target.provider, target.apiBase)
  const listing: UpstreamRequest = {
    target,
    method: 'GET',
    path: family === 'openrouter' ? '/key' : '/models',
    headers: {},
    body: null,
    streaming: false,
    expects: 'output',
  }
  const completions = [{ max_tokens: 1 }, { max_completion_tokens: 16 }].map((limit) => completion(target, limit))
  return proof === 'key' ? [listing, ...completions] : completions
}

function completion(target: UpstreamTarget, limit: Readonly<Record<string, number>>): UpstreamRequest {
  return {
    target,
    method: 'POST',
    path: '/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: target.model, messages: [{ role: 'user', content: 'Hi' }], ...limit }),
    streaming: false,
    expects: 'output',
  }
}
