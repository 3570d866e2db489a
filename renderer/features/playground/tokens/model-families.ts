/** What a model's name tells; a name that is not known says nothing. */

/** OpenAI's models that count in its encoding of today. */
const countsInO200k = /^(?:gpt-4o|gpt-4\.[1-9]|gpt-[5-9]|chatgpt-|o[1-9](?:-|$))/

const seesImages =
  /gpt-4o|gpt-4\.1|gpt-4-turbo|gpt-4-vision|gpt-[5-9]|chatgpt-|^o[134](?!-mini-2024|.*mini)|o4-mini|claude-(?:3|[a-z]+-[4-9]|sonnet|opus|haiku|fable)|gemini|(?:^|[-.\d])vl(?:$|[-.\d])|vision|llava|pixtral|internvl|glm-4(?:\.\d)?v|llama-?4|grok-[4-9]|kimi-k2\.5|minicpm-v|step-1v|omni|gemma-3/

const seesNone =
  /gpt-3\.5|^gpt-4$|gpt-4-32k|o1-mini|o3-mini|embedding|deepseek-(?:chat|reasoner|coder|v[23]|r1)|glm-4(?:\.\d)?(?:$|-)|glm-5(?:$|-)|moonshot-v1-\d+k$|qwen(?:-turbo|-plus|-max|2\.5-\d+b-instruct|2\.5-coder|3-coder)|llama-?3(?:\.[13])?(?:$|-(?!.*vision))|mistral-7b|mixtral|codestral|whisper|tts/

/** Without the provider that some names begin with. */
const plainName = (model: string) => model.toLowerCase().split('/').at(-1) ?? ''

export const isCountedExactly = (model: string): boolean => countsInO200k.test(plainName(model))

export function takesImages(model: string): 'yes' | 'no' | 'unknown' {
  const name = plainName(model)
  if (seesImages.test(name)) return 'yes'
  return seesNone.test(name) ? 'no' : 'unknown'
}
