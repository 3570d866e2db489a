/**
 * The places where models are often served: what a form fills in, what a key there usually looks like, how it is tested
 * cheaply and where it is made. All of it is a hint: every other base works too, and no shape is ever a reason to refuse.
 */
export interface ProviderPreset {
  id: string
  name: string
  apiBase: string
  /** Other hosts of the same provider. */
  alsoAt?: readonly string[]
  /** How its keys usually begin, as it is shown; empty where there is no usual form. */
  keyShape: string
  /** Matches only keys of this provider, so that one in another's model is seen; null where others look the same. */
  distinctive: RegExp | null
  /** A model id that is served there, as an example. */
  exampleModel: string
  /** Free where the provider has something to ask that needs the key; one token elsewhere. */
  test: 'free' | 'one-token'
  /** The page where keys are made; null where none are needed. */
  keysAt: string | null
  /** Asked on demand with the key itself; the path begins at the host. */
  balance: BalanceEndpoint | null
  /** One or two letters and a colour, so that a model's home is seen at a glance. */
  mark: string
  hue: number
}

export interface BalanceEndpoint {
  path: string
  answer: 'deepseek' | 'siliconflow' | 'openrouter'
}

export const providerPresets: readonly ProviderPreset[] = [
  {
    id: 'openai',
    name: 'OpenAI',
    apiBase: 'https://api.openai.com/v1',
    keyShape: 'sk-proj-…',
    distinctive: /^sk-(?:proj|svcacct|admin)-/,
    exampleModel: 'gpt-4o',
    test: 'free',
    keysAt: 'https://platform.openai.com/api-keys',
    balance: null,
    mark: 'O',
    hue: 165,
  },
  {
    id: 'anthropic',
    name: 'Anthropic',
    apiBase: 'https://api.anthropic.com/v1',
    keyShape: 'sk-ant-…',
    distinctive: /^sk-ant-/,
    exampleModel: 'claude-sonnet-4-5',
    test: 'free',
    keysAt: 'https://console.anthropic.com/settings/keys',
    balance: null,
    mark: 'A',
    hue: 22,
  },
  {
    id: 'gemini',
    name: 'Gemini',
    apiBase: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyShape: 'AIza…',
    distinctive: /^AIza[\w-]{20,}$/,
    exampleModel: 'gemini-2.5-flash',
    test: 'free',
    keysAt: 'https://aistudio.google.com/apikey',
    balance: null,
    mark: 'G',
    hue: 215,
  },
  {
    id: 'deepseek',
    name: 'DeepSeek',
    apiBase: 'https://api.deepseek.com/v1',
    keyShape: 'sk-…',
    distinctive: null,
    exampleModel: 'deepseek-chat',
    test: 'free',
    keysAt: 'https://platform.deepseek.com/api_keys',
    balance: { path: '/user/balance', answer: 'deepseek' },
    mark: 'D',
    hue: 230,
  },
  {
    id: 'siliconflow',
    name: 'SiliconFlow',
    apiBase: 'https://api.siliconflow.cn/v1',
    alsoAt: ['api.siliconflow.com'],
    keyShape: 'sk-…',
    distinctive: null,
    exampleModel: 'deepseek-ai/DeepSeek-V3',
    test: 'free',
    keysAt: 'https://cloud.siliconflow.cn/account/ak',
    balance: { path: '/v1/user/info', answer: 'siliconflow' },
    mark: 'S',
    hue: 270,
  },
  {
    id: 'zhipu',
    name: 'Zhipu',
    apiBase: 'https://open.bigmodel.cn/api/paas/v4',
    keyShape: '<32>.<16>',
    distinctive: /^[0-9a-f]{32}\.[A-Za-z0-9]{16}$/,
    exampleModel: 'glm-4.7',
    test: 'one-token',
    keysAt: 'https://open.bigmodel.cn/usercenter/apikeys',
    balance: null,
    mark: 'Z',
    hue: 245,
  },
  {
    id: 'moonshot',
    name: 'Moonshot',
    apiBase: 'https://api.moonshot.cn/v1',
    alsoAt: ['api.moonshot.ai'],
    keyShape: 'sk-…',
    distinctive: null,
    exampleModel: 'kimi-k2-0905-preview',
    test: 'free',
    keysAt: 'https://platform.moonshot.cn/console/api-keys',
    balance: null,
    mark: 'M',
    hue: 200,
  },
  {
    id: 'qwen',
    name: 'Qwen (DashScope)',
    apiBase: 'https://dashscope.aliyuncs.com/compatible-mode/v1',
    alsoAt: ['dashscope-intl.aliyuncs.com'],
    keyShape: 'sk-…',
    distinctive: null,
    exampleModel: 'qwen-plus',
    test: 'one-token',
    keysAt: 'https://bailian.console.aliyun.com/?tab=model#/api-key',
    balance: null,
    mark: 'Q',
    hue: 285,
  },
  {
    id: 'openrouter',
    name: 'OpenRouter',
    apiBase: 'https://openrouter.ai/api/v1',
    keyShape: 'sk-or-v1-…',
    distinctive: /^sk-or-/,
    exampleModel: 'openai/gpt-4o',
    test: 'free',
    keysAt: 'https://openrouter.ai/settings/keys',
    balance: { path: '/api/v1/key', answer: 'openrouter' },
    mark: 'OR',
    hue: 320,
  },
  {
    id: 'groq',
    name: 'Groq',
    apiBase: 'https://api.groq.com/openai/v1',
    keyShape: 'gsk_…',
    distinctive: /^gsk_/,
    exampleModel: 'llama-3.3-70b-versatile',
    test: 'free',
    keysAt: 'https://console.groq.com/keys',
    balance: null,
    mark: 'Gq',
    hue: 12,
  },
  {
    id: 'mistral',
    name: 'Mistral',
    apiBase: 'https://api.mistral.ai/v1',
    keyShape: '',
    distinctive: null,
    exampleModel: 'mistral-large-latest',
    test: 'free',
    keysAt: 'https://console.mistral.ai/api-keys',
    balance: null,
    mark: 'Mi',
    hue: 35,
  },
  {
    id: 'xai',
    name: 'xAI',
    apiBase: 'https://api.x.ai/v1',
    keyShape: 'xai-…',
    distinctive: /^xai-/,
    exampleModel: 'grok-4',
    test: 'free',
    keysAt: 'https://console.x.ai',
    balance: null,
    mark: 'x',
    hue: 180,
  },
  {
    id: 'ollama',
    name: 'Ollama',
    apiBase: 'http://127.0.0.1:11434/v1',
    keyShape: '',
    distinctive: null,
    exampleModel: 'llama3.2',
    test: 'free',
    keysAt: null,
    balance: null,
    mark: 'Ol',
    hue: 100,
  },
]

/** A host with its port, as a base URL names it. */
export function hostIn(apiBase: string): string {
  const schemeEnd = apiBase.indexOf('://')
  const rest = schemeEnd === -1 ? apiBase : apiBase.slice(schemeEnd + 3)
  return (/^[^/?#]*/.exec(rest)?.[0] ?? '').toLowerCase()
}

const presetsByHost = new Map(
  providerPresets.flatMap((preset) => [hostIn(preset.apiBase), ...(preset.alsoAt ?? [])].map((host) => [host, preset])),
)

export const presetAt = (apiBase: string): ProviderPreset | undefined => presetsByHost.get(hostIn(apiBase))

export const presetOf = (id: string | null): ProviderPreset | undefined =>
  providerPresets.find((preset) => preset.id === id)

/** Where a secret seems to be meant for, when it looks like nobody else's. */
export const presetOfShape = (secret: string): ProviderPreset | undefined =>
  providerPresets.find(({ distinctive }) => distinctive?.test(secret))

/** Whether a key that looks like one provider's lies in the model of another that is known. */
export function isForeign(shape: string | null, apiBase: string): boolean {
  if (shape === null) return false
  const home = presetAt(apiBase)
  return home !== undefined && home.id !== shape
}
