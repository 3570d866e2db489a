/** Well-known places where models are served. A hint for the form and a name for a host; every other base works too. */
export interface KnownProvider {
  name: string
  apiBase: string
  /** One or two letters and a colour, so that a model's home is seen at a glance. */
  mark: string
  hue: number
}

export const knownProviders: readonly KnownProvider[] = [
  { name: 'OpenAI', apiBase: 'https://api.openai.com/v1', mark: 'O', hue: 165 },
  { name: 'Anthropic', apiBase: 'https://api.anthropic.com/v1', mark: 'A', hue: 22 },
  { name: 'Gemini', apiBase: 'https://generativelanguage.googleapis.com/v1beta/openai', mark: 'G', hue: 215 },
  { name: 'DeepSeek', apiBase: 'https://api.deepseek.com/v1', mark: 'D', hue: 230 },
  { name: 'SiliconFlow', apiBase: 'https://api.siliconflow.cn/v1', mark: 'S', hue: 270 },
  { name: 'Zhipu', apiBase: 'https://open.bigmodel.cn/api/paas/v4', mark: 'Z', hue: 245 },
  { name: 'Moonshot', apiBase: 'https://api.moonshot.cn/v1', mark: 'M', hue: 200 },
  { name: 'Qwen', apiBase: 'https://dashscope.aliyuncs.com/compatible-mode/v1', mark: 'Q', hue: 285 },
  { name: 'OpenRouter', apiBase: 'https://openrouter.ai/api/v1', mark: 'OR', hue: 320 },
  { name: 'Groq', apiBase: 'https://api.groq.com/openai/v1', mark: 'Gq', hue: 12 },
  { name: 'Mistral', apiBase: 'https://api.mistral.ai/v1', mark: 'Mi', hue: 35 },
  { name: 'xAI', apiBase: 'https://api.x.ai/v1', mark: 'x', hue: 180 },
  { name: 'Ollama', apiBase: 'http://127.0.0.1:11434/v1', mark: 'Ol', hue: 100 },
]

export function hostOf(apiBase: string): string {
  return URL.parse(apiBase)?.host ?? apiBase
}

export const providerAt = (apiBase: string): KnownProvider | undefined =>
  knownProviders.find((provider) => hostOf(provider.apiBase) === hostOf(apiBase))

/** Who serves a model, by name when it is known and by host otherwise. */
export const placeOf = (apiBase: string): string => providerAt(apiBase)?.name ?? hostOf(apiBase)
