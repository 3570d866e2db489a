import type { Rehearsal } from '../rehearsal/rehearsal.ts'
import type { Implementer } from './implementer.ts'

export interface RehearsalServices {
  rehearsal: Omit<Rehearsal, 'reaching' | 'isFree' | 'modelsChanged' | 'close'>
}

export function rehearsalProcedures(os: Implementer, { rehearsal }: RehearsalServices) {
  return {
    rehearsal: {
      status: os.rehearsal.status.handler(() => rehearsal.status()),
      begin: os.rehearsal.begin.handler(({ input: { modelId, ...reach } }) => rehearsal.begin(modelId, reach)),
      change: os.rehearsal.change.handler(({ input }) => rehearsal.change(input)),
      inject: os.rehearsal.inject.handler(({ input }) => rehearsal.inject(input)),
      clear: os.rehearsal.clear.handler(({ input }) => rehearsal.clear(input.keyId)),
      send: os.rehearsal.send.handler(({ input, signal }) => rehearsal.send(input, signal)),
      play: os.rehearsal.play.handler(({ input }) => rehearsal.play(input)),
      end: os.rehearsal.end.handler(() => rehearsal.end()),
    },
  }
}
