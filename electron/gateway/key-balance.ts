// A key goes to its model's own host here too: the balance is asked there or not at all.
import * as z from 'zod'
import type { Balance } from '../../shared/balance.ts'
import { Failure } from '../../shared/failure.ts'
import type { KeyId, ModelId } from '../../shared/identity.ts'
import { presetAt, type BalanceEndpoint } from '../../shared/provider-presets.ts'
import type { Models } from '../models/models.ts'
import type { StoredModel } from '../models/stored-model.ts'
import type { Clock } from '../rotation/clock.ts'
import { createAttempt } from '../upstream/attempt.ts'
import type { ExtraHeaders } from '../upstream/extra-headers.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { extraHeadersFor, type ExtraHeadersOf } from './open-extra-headers.ts'
import type { ServedModels } from './served-models.ts'
import { outcomeView } from './outcome-view.ts'

export interface BalancesDeps {
  upstream: Upstream
  clock: Clock
  models: () => ServedModels
  /** Fails when one is gone, or the vault is locked. */
  keys: Pick<Models, 'secretOf'>
  extraHeadersOf: ExtraHeadersOf
  closing: AbortSignal
}

/** What is left on the account of a key, as its provider says. */
export function createBalances(deps: BalancesDeps): (modelId: ModelId, keyId: KeyId) => Promise<Balance> {
  return async (modelId, keyId) => {
    const model = deps.models().byId(modelId)
    if (!model) throw new Failure('MODEL_NOT_FOUND', {})
    const shown = { secret: deps.keys.secretOf(modelId, keyId), extraHeaders: extraHeadersFor(deps, model) }
    return readBalance({ upstream: deps.upstream, wallMs: deps.clock.wallMs }, model, shown, deps.closing)
  }
}

type Asked = Pick<StoredModel, 'apiBase' | 'provider' | 'name'>

export async function readBalance(
  { upstream, wallMs }: { upstream: Upstream; wallMs: () => number },
  model: Asked,
  { secret, extraHeaders }: { secret: string; extraHeaders?: (() => ExtraHeaders | undefined) | undefined },
  signal: AbortSignal,
  endpoint: BalanceEndpoint | null = presetAt(model.apiBase)?.balance ?? null,
): Promise<Balance> {
  if (endpoint === null) return { kind: 'not-offered' }
  const { origin } = new URL(model.apiBase)
  const attempt = createAttempt({
    upstream,
    request: {
      target: { apiBase: origin, provider: model.provider, model: model.name },
      method: 'GET',
      path: endpoint.path,
      headers: {},
      body: null,
      streaming: false,
      expects: 'anything',
    },
    secretOf: () => secret,
    extraHeaders,
    wallMs,
  })
  const result = await attempt({ leaseId: 0, keyId: '', keyLabel: '', attempt: 1, probe: true }, signal)
  if (!result.committed) return { kind: 'failed', outcome: outcomeView(result.outcome) }
  const pieces: Uint8Array[] = []
  const { body } = result.value
  if (Buffer.isBuffer(body)) pieces.push(body)
  else for await (const piece of body) pieces.push(piece)
  const ended = await result.done
  if (ended.kind !== 'served') return { kind: 'failed', outcome: outcomeView(ended) }
  return balanceIn(Buffer.concat(pieces).toString('utf8'), endpoint.answer, origin)
}

const decimal = z
  .union([z.number(), z.string().trim().min(1).max(40)])
  .transform(Number)
  .refine(Number.isFinite)

const DeepSeek = z.object({
  is_available: z.boolean(),
  balance_infos: z.array(z.object({ currency: z.string().max(8), total_balance: decimal })).max(10),
})
const SiliconFlow = z.object({ data: z.object({ totalBalance: decimal }) })
const OpenRouter = z.object({ data: z.object({ limit_remaining: decimal.nullable(), usage: decimal }) })

/** What a provider's answer says; `not-understood` for any other form. */
export function balanceIn(text: string, answer: BalanceEndpoint['answer'], origin: string): Balance {
  const parsed = jsonOf(text)
  switch (answer) {
    case 'deepseek': {
      const { data } = DeepSeek.safeParse(parsed)
      if (!data) return { kind: 'not-understood' }
      const left = data.balance_infos.map(({ currency, total_balance: amount }) => ({ amount, currency }))
      return { kind: 'known', left, used: null, enough: data.is_available }
    }
    case 'siliconflow': {
      const { data } = SiliconFlow.safeParse(parsed)
      if (!data) return { kind: 'not-understood' }
      // The two sites have accounts of their own, in their own currency.
      const currency = origin.endsWith('.com') ? 'USD' : 'CNY'
      return { kind: 'known', left: [{ amount: data.data.totalBalance, currency }], used: null, enough: null }
    }
    case 'openrouter':
    default: {
      const { data } = OpenRouter.safeParse(parsed)
      if (!data) return { kind: 'not-understood' }
      const { limit_remaining: amount, usage } = data.data
      const left = amount === null ? [] : [{ amount, currency: 'USD' }]
      return { kind: 'known', left, used: { amount: usage, currency: 'USD' }, enough: null }
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A page in place of an answer is as little a balance as another form of one.
    return null
  }
}
