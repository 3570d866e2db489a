export const maxImageBytes = 5 * 1024 * 1024
/** Of all that one request says, as it is sent: a page and its host exchange little more in one message. */
export const maxRequestBytes = 10 * 1024 * 1024
/** Of one text, in characters. */
export const maxMessageLength = 1_000_000
export const maxPromptParts = 64

export const reasoningEfforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const

/** What the playground itself puts into a request. */
export const reservedFields = ['model', 'messages', 'stream', 'stream_options', 'n'] as const

export const maxFieldName = 100

/** From the least to the greatest that is sent; whether a provider takes it is the provider's to say. */
export const parameterRanges = {
  temperature: [0, 2],
  topP: [0, 1],
  maxTokens: [1, 1_000_000],
  presencePenalty: [-2, 2],
  frequencyPenalty: [-2, 2],
  seed: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
} as const

export const maxStops = 4
export const maxStopLength = 200
