// The id that reaches the provider, as DSLighting and LiteLLM make it from `provider` and the model's name: the provider
// is put in front unless it already stands there, then exactly one known provider is taken off again.

/** Providers that LiteLLM serves by the OpenAI protocol or natively, and so knows as a prefix. */
const knownProviders = new Set([
  'openai',
  'azure',
  'azure_ai',
  'anthropic',
  'gemini',
  'vertex_ai',
  'bedrock',
  'cohere',
  'cohere_chat',
  'mistral',
  'codestral',
  'deepseek',
  'groq',
  'xai',
  'openrouter',
  'together_ai',
  'fireworks_ai',
  'perplexity',
  'cerebras',
  'sambanova',
  'nvidia_nim',
  'volcengine',
  'dashscope',
  'moonshot',
  'hosted_vllm',
  'ollama',
  'ollama_chat',
  'lm_studio',
  'llamafile',
  'litellm_proxy',
  'text-completion-openai',
  'custom_openai',
  'huggingface',
  'replicate',
  'databricks',
  'watsonx',
  'cloudflare',
  'deepinfra',
  'novita',
  'ai21',
  'github',
  'predibase',
])

export function isKnownProvider(provider: string): boolean {
  return knownProviders.has(provider)
}

export function upstreamModelId(model: string, provider: string | null): string {
  const prefix = model.split('/', 1)[0] ?? ''
  const full = provider !== null && provider !== '' && prefix !== provider ? `${provider}/${model}` : model
  const slash = full.indexOf('/')
  return slash !== -1 && isKnownProvider(full.slice(0, slash)) ? full.slice(slash + 1) : full
}
