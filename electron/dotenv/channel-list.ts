import * as z from 'zod'
import { splitKeyList } from '../../shared/key-text.ts'
import { addSecret, noKeys, type CollectedKeys } from './collected-keys.ts'
import { defaultApiBase, type ImportedModel } from './model-entry.ts'
import { nothingFound, type Found } from './found.ts'

const Channel = z.object({
  key: z.string(),
  models: z.union([z.string(), z.array(z.string())]),
  base_url: z.string().nullish(),
})
const ChannelList = z.union([z.array(Channel).min(1), z.object({ data: z.array(Channel).min(1) })])

/** one-api's channels: keys one a line, models with commas, one address. Null when the data is something else. */
export function readChannels(data: unknown): Found | null {
  const list = ChannelList.safeParse(data)
  if (!list.success) return null
  const notices: Found['notices'] = []
  const models = new Map<string, ImportedModel>()
  for (const { key, models: written, base_url: url } of Array.isArray(list.data) ? list.data : list.data.data) {
    const names = typeof written === 'string' ? splitKeyList(written) : written
    const note = (code: string) => notices.push({ code, line: null, column: null, name: names[0] ?? null })
    const keys = noKeys()
    for (const piece of splitKeyList(key)) addSecret(keys, piece, note)
    const apiBase = baseOf(url ?? '')
    if (apiBase === null) note('api-base-default')
    for (const name of names) addKeys(models, name.trim(), apiBase, keys)
  }
  return { ...nothingFound(), models: [...models.values()], notices }
}

/** Channels of one model at one address are keys of one model. */
function addKeys(
  models: Map<string, ImportedModel>,
  name: string,
  base: string | null,
  { secrets, refused }: CollectedKeys,
): void {
  const apiBase = base ?? defaultApiBase
  const id = JSON.stringify([name, apiBase])
  const before = models.get(id)
  const keys = [...new Set([...(before?.keys ?? []), ...secrets])]
  const refusedKeys = [...(before?.refusedKeys ?? []), ...refused]
  const given = { name, provider: 'openai', apiBase, isDefaultBase: base === null, temperature: null }
  models.set(id, { ...given, keys, refusedKeys, extra: {}, line: 1 })
}

/** one-api adds `/v1` to a channel's address itself. */
function baseOf(url: string): string | null {
  const trimmed = url.trim().replace(/\/+$/, '')
  if (trimmed === '') return null
  return /\/v\d+\w*$/.test(trimmed) ? trimmed : `${trimmed}/v1`
}
