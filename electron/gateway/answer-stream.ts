import type { RequestFailure } from '../../shared/request.ts'
import type { UpstreamAnswer } from '../upstream/wire-attempt.ts'
import { errorAnswer } from './error-answer.ts'

export interface PassOnDeps {
  onFirst: () => void
  /** What a client is told when the provider breaks off after the first output. */
  onBroken: () => RequestFailure
  isCancelled: () => boolean
}

/**
 * After the first output no other key is tried: a stream that breaks ends with an error event and without `[DONE]`,
 * and is never spliced. The chunks themselves pass untouched.
 */
export async function* passOn(answer: UpstreamAnswer, deps: PassOnDeps): AsyncGenerator<Uint8Array> {
  let begun = false
  try {
    for await (const chunk of answer.body) {
      if (!begun) deps.onFirst()
      begun = true
      yield chunk
    }
  } catch (error) {
    if (deps.isCancelled()) return
    if (!answer.streaming) throw error
    const { body } = errorAnswer(deps.onBroken())
    // The blank line first ends whatever event was cut in the middle.
    yield Buffer.from(`\n\ndata: ${JSON.stringify(body)}\n\n`)
  }
}
