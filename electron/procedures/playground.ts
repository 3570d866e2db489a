import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import type { Implementer } from './implementer.ts'

export interface PlaygroundServices {
  chat: (input: ChatInput, signal: AbortSignal | undefined) => AsyncGenerator<ChatEvent>
}

export function playgroundProcedures(os: Implementer, { chat }: PlaygroundServices) {
  return {
    playground: { chat: os.playground.chat.handler(({ input, signal }) => chat(input, signal)) },
  }
}
