const asciiPerToken = 4
/** Han, kana and hangul are about a token each. */
const tokensPerWideCharacter = 0.8
const otherPerToken = 2.5

/** From how long a text is and what it is written in: good to about a quarter either way. */
export function estimateTokens(text: string): number {
  const wide = text.match(/[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]/g)?.length ?? 0
  const ascii = text.match(/[\x20-\x7e\s]/g)?.length ?? 0
  return Math.ceil(ascii / asciiPerToken + wide * tokensPerWideCharacter + (text.length - ascii - wide) / otherPerToken)
}
