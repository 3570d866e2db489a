// A model of the vault as the guide resolves it: the vault's models stand for LLM_MODEL_CONFIGS, a `.env` that was handed
// in for the environment. Of a key only its label and its last four characters leave here.
import type {
  ConfigKey,
  ConfigStatement,
  EffectiveConfigQuery,
  EffectiveConfigView,
} from '../../shared/effective-config.ts'
import { Failure } from '../../shared/failure.ts'
import { lastFourOf } from '../../shared/last-four.ts'
import { resolveModelConfig, type Candidate, type Resolved } from '../dotenv/config.ts'
import { exportJson } from '../dotenv/index.ts'
import { inUse } from '../models/catalogue.ts'
import type { Models } from '../models/models.ts'
import type { StoredModel } from '../models/stored-model.ts'

export interface EffectiveConfigDeps {
  readonly models: Pick<Models, 'list' | 'secretOf'>
  /** The values of a `.env` that was handed in. */
  readonly variablesOf: (environment: string) => ReadonlyMap<string, string>
}

export type EffectiveConfig = ReturnType<typeof createEffectiveConfig>

export function createEffectiveConfig({ models, variablesOf }: EffectiveConfigDeps) {
  const withSecrets = (model: StoredModel) => {
    const keys = inUse(model.keys).map(({ id, label }) => ({ label, secret: models.secretOf(model.id, id) }))
    return { model, keys }
  }

  return ({ id, environment, code }: EffectiveConfigQuery): EffectiveConfigView => {
    const list = models.list().map(({ model }) => model)
    const named = code.model || list.find((model) => model.id === id)?.name
    const kept = list.filter((model) => model.id === id || model.name === named).map(withSecrets)
    const asked = kept.find(({ model }) => model.id === id)
    if (asked === undefined) throw new Failure('MODEL_NOT_FOUND', {})
    const configs = exportJson(
      kept.map(({ model: { name, provider, apiBase, temperature, extra }, keys }) => ({
        name,
        provider,
        apiBase,
        temperature,
        extra,
        keys: keys.map(({ secret }) => secret),
      })),
      { kind: 'portable' },
    )
    const variables = environment === null ? new Map<string, string>() : variablesOf(environment)
    const { upstreamModel, problems, ...resolved } = resolveModelConfig({
      code: { ...code, model: code.model || asked.model.name, temperature: code.temperature ?? undefined },
      env: { ...Object.fromEntries(variables), LLM_MODEL_CONFIGS: configs },
    })
    const labels = new Map(kept.flatMap(({ keys }) => keys.map(({ secret, label }) => [secret, label])))
    // Two models may hold the same secret: the one that is asked about names it.
    for (const { secret, label } of asked.keys) labels.set(secret, label)
    const keysOf = (secrets: readonly string[]): ConfigKey[] =>
      secrets.map((secret) => ({ label: labels.get(secret) ?? null, lastFour: lastFourOf(secret) }))
    const fields = [
      fieldOf('model', resolved.model, asText),
      fieldOf('apiKeys', resolved.apiKeys, (secrets) => ({ text: null, keys: keysOf(secrets) })),
      fieldOf('apiBase', resolved.apiBase, asText),
      fieldOf('provider', resolved.provider, asText),
      fieldOf('temperature', resolved.temperature, asText),
    ]
    return { fields, upstreamModel, problems }
  }
}

type Shown = Pick<ConfigStatement, 'text' | 'keys'>

const asText = (value: string | number | null): Shown => ({ text: value === null ? null : String(value), keys: null })

function fieldOf<T>(
  field: EffectiveConfigView['fields'][number]['field'],
  { value, source, name, beaten }: Resolved<T>,
  show: (value: T) => Shown,
): EffectiveConfigView['fields'][number] {
  const statementOf = (candidate: Candidate<T>) => ({
    source: candidate.source,
    name: candidate.name,
    ...show(candidate.value),
  })
  return { field, source, name, ...show(value), beaten: beaten.map(statementOf) }
}
