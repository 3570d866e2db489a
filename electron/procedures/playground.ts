import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import type { KeyRace } from '../key-race/key-race.ts'
import type { Implementer } from './implementer.ts'

export interface PlaygroundServices {
  chat: (input: ChatInput, signal: AbortSignal | undefined) => AsyncGenerator<ChatEvent>
  race: KeyRace
}

export function playgroundProcedures(os: Implementer, { chat, race }: PlaygroundServices) {
  return {
    playground: {
      chat: os.playground.chat.handler(({ input, signal }) => chat(input, signal)),
      race: os.playground.race.handler(({ input, signal }) => race(input, signal)),
    },
  }
}
