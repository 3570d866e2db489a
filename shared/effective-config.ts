import * as z from 'zod'
import { CheckId } from './dslighting.ts'
import { ModelId } from './identity.ts'
import { Temperature } from './model.ts'

export const ConfigSource = z.enum(['code', 'model-configs', 'environment', 'defaults'])
export type ConfigSource = z.infer<typeof ConfigSource>

/** A key as the page may know it: its label where the vault has it, and its last four characters. */
export const ConfigKey = z.object({ label: z.string().nullable(), lastFour: z.string().max(4) })
export type ConfigKey = z.infer<typeof ConfigKey>

/** What one source says. `keys` in place of `text` where it says keys. */
export const ConfigStatement = z.object({
  /** Null when no source says anything. */
  source: ConfigSource.nullable(),
  /** Where it stands in that source: `api_base`, `API_BASE`, … */
  name: z.string().nullable(),
  text: z.string().nullable(),
  keys: z.array(ConfigKey).nullable(),
})
export type ConfigStatement = z.infer<typeof ConfigStatement>

export const configFields = ['model', 'apiKeys', 'apiBase', 'provider', 'temperature'] as const

export const EffectiveConfigView = z.object({
  fields: z.array(
    ConfigStatement.extend({
      field: z.enum(configFields),
      /** What was said and did not win, strongest first. */
      beaten: z.array(ConfigStatement),
    }),
  ),
  /** The id that reaches the provider. */
  upstreamModel: z.string(),
  /** What cannot be used, by code and name; never a value. */
  problems: z.array(z.object({ code: z.string(), name: z.string() })),
})
export type EffectiveConfigView = z.infer<typeof EffectiveConfigView>

const said = z.string().trim().max(2048)

/** Which model, over which `.env` if any, and what code would pass; blank says nothing. */
export const EffectiveConfigQuery = z.object({
  id: ModelId,
  environment: CheckId.nullable(),
  code: z.object({ model: said, apiBase: said, provider: said, temperature: Temperature.nullable() }),
})
export type EffectiveConfigQuery = z.infer<typeof EffectiveConfigQuery>
