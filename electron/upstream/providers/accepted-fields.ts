import type { ProviderFamily } from '../../rotation/classification/verdict.ts'

/** Reasoning models of OpenAI's refuse every temperature; Claude's scale ends at 1, and from 4.7 on it is nothing but 1. */
export function acceptsTemperature(family: ProviderFamily, upstreamModel: string, temperature: number): boolean {
  const name = upstreamModel.slice(upstreamModel.lastIndexOf('/') + 1)
  if (claudeVersion(name) >= 407) return temperature === 1
  if (family === 'anthropic') return temperature <= 1
  return !/^(?:o[1-9]\b|gpt-5(?!.*-chat))/i.test(name)
}

/** 407 for 4.7; 0 where the name says none: the models before 4 have it in another place. What follows may be a date. */
function claudeVersion(name: string): number {
  const [, major, minor = '0'] = /^claude-[a-z]+-(\d{1,2})(?:[.-](\d{1,2}))?(?!\d)/i.exec(name) ?? []
  return major === undefined ? 0 : Number(major) * 100 + Number(minor)
}

/** Claude takes one of the two (since Opus 4.1), and a client that sends `top_p` has chosen. */
export const takesTemperatureBesideTopP = (family: ProviderFamily): boolean => family !== 'anthropic'

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
