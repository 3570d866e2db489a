import type { ProviderFamily } from '../../rotation/classification/verdict.ts'

const families: readonly { family: ProviderFamily; hosts: RegExp; names: readonly string[] }[] = [
  { family: 'openai', hosts: /(^|\.)openai\.com$/, names: [] },
  {
    family: 'azure',
    hosts: /\.(openai\.azure\.com|cognitiveservices\.azure\.com|services\.ai\.azure\.com)$/,
    names: ['azure', 'azure_ai', 'azure-openai'],
  },
  { family: 'anthropic', hosts: /(^|\.)anthropic\.com$/, names: ['anthropic', 'claude'] },
  { family: 'gemini', hosts: /(^|\.)googleapis\.com$/, names: ['gemini', 'google', 'vertex_ai'] },
  { family: 'deepseek', hosts: /(^|\.)deepseek\.com$/, names: ['deepseek'] },
  { family: 'siliconflow', hosts: /(^|\.)siliconflow\.(cn|com)$/, names: ['siliconflow'] },
  { family: 'zhipu', hosts: /(^|\.)(bigmodel\.cn|z\.ai)$/, names: ['zhipu', 'zhipuai', 'zai', 'bigmodel'] },
  { family: 'moonshot', hosts: /(^|\.)(moonshot\.(cn|ai)|kimi\.com)$/, names: ['moonshot', 'kimi'] },
  { family: 'openrouter', hosts: /(^|\.)openrouter\.ai$/, names: ['openrouter'] },
]

/**
 * Whose errors and headers to expect. The host decides where it is known, because `openai` as a provider's name only
 * means OpenAI-compatible.
 */
export function providerFamily(provider: string | null, apiBase: string): ProviderFamily {
  const host = URL.canParse(apiBase) ? new URL(apiBase).hostname : ''
  const name = provider?.trim().toLowerCase() ?? ''
  const known = families.find(({ hosts }) => hosts.test(host)) ?? families.find(({ names }) => names.includes(name))
  return known?.family ?? 'generic'
}
