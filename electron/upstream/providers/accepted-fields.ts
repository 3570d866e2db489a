import type { ProviderFamily } from '../../rotation/classification/verdict.ts'

/** Reasoning models of OpenAI's refuse every temperature but their own; Anthropic's scale ends at 1. */
export function acceptsTemperature(family: ProviderFamily, upstreamModel: string, temperature: number): boolean {
  if (family === 'anthropic') return temperature <= 1
  const name = upstreamModel.slice(upstreamModel.lastIndexOf('/') + 1)
  return !/^(?:o[1-9]\b|gpt-5(?!.*-chat))/i.test(name)
}

/**
 * Whether `stream_options` may be added to a request that has none. These refuse fields they do not know, and tell the
 * usage at the end of every stream by themselves.
 */
const refusingHosts: readonly RegExp[] = [/(^|\.)mistral\.ai(:\d+)?$/, /(^|\.)cohere\.(ai|com)(:\d+)?$/]

const knowsStreamOptions: Record<ProviderFamily, boolean> = {
  openai: true,
  azure: true,
  anthropic: true,
  gemini: true,
  deepseek: true,
  siliconflow: true,
  zhipu: true,
  moonshot: true,
  openrouter: true,
  generic: true,
}

export function takesStreamOptions(family: ProviderFamily, host: string): boolean {
  return knowsStreamOptions[family] && !refusingHosts.some((refusing) => refusing.test(host))
}
