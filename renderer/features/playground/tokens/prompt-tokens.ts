import type { ChatContent, ChatMessage } from '../../../../shared/chat.ts'

/** Role and separators of a message, and the beginning of the answer, as OpenAI counts them. */
const tokensOfMessage = 3
const tokensOfRole = 1
const tokensOfAnswerStart = 3

const imageSide = 2_048
const shorterSide = 768
const tileSide = 512
const tokensOfTile = 170
const tokensOfImage = 85

export interface PromptParts {
  texts: string[]
  /** Beside the texts. */
  tokens: number
  /** Images are counted differently by each provider, and by OpenAI's rule here. */
  hasImages: boolean
}

export function promptParts(messages: readonly ChatMessage[]): PromptParts {
  const parts: PromptParts = { texts: [], tokens: tokensOfAnswerStart, hasImages: false }
  for (const { content } of messages) {
    parts.tokens += tokensOfMessage + tokensOfRole
    addContent(parts, content)
  }
  return parts
}

function addContent(parts: PromptParts, content: ChatContent): void {
  if (typeof content === 'string') {
    parts.texts.push(content)
    return
  }
  for (const part of content) {
    if (part.type === 'text') parts.texts.push(part.text)
    else {
      parts.tokens += imageTokens(part.width, part.height)
      parts.hasImages = true
    }
  }
}

/** Fitted into a square, shrunk by its shorter side, and cut into tiles. */
export function imageTokens(width: number, height: number): number {
  const fitted = Math.min(1, imageSide / Math.max(width, height))
  const shrunk = Math.min(1, shorterSide / (Math.min(width, height) * fitted))
  const tiles = (side: number) => Math.max(1, Math.ceil((side * fitted * shrunk) / tileSide))
  return tokensOfImage + tokensOfTile * tiles(width) * tiles(height)
}
