import type { ChatEvent, ChatInput } from '../../shared/chat.ts'
import type { KeyRace } from '../key-race/key-race.ts'
import type { Endings } from '../playground/endings.ts'
import type { Implementer } from './implementer.ts'

export interface PlaygroundServices {
  chat: (input: ChatInput, signal: AbortSignal | undefined) => AsyncGenerator<ChatEvent>
  race: KeyRace
  ending: Endings['of']
}

export function playgroundProcedures(os: Implementer, { chat, race, ending }: PlaygroundServices) {
  return {
    playground: {
      ending: os.playground.ending.handler(({ input }) => ending(input.requestId)),
      chat: os.playground.chat.handler(({ input, signal }) => chat(input, signal)),
      race: os.playground.race.handler(({ input, signal }) => race(input, signal)),
    },
  }
}
