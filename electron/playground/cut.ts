/** What streams to a page, and may be cut off from the outside as if its page had left. */
export interface Cut {
  cuttable: <I, E>(stream: Streaming<I, E>) => Streaming<I, E>
  /** Ends all that streams now; what begins afterwards is not concerned. */
  cut: () => void
}

type Streaming<I, E> = (input: I, signal: AbortSignal | undefined) => AsyncGenerator<E>

export function createCut(): Cut {
  let cutting = new AbortController()
  return {
    cuttable: (stream) => (input, signal) =>
      stream(input, signal ? AbortSignal.any([signal, cutting.signal]) : cutting.signal),
    cut() {
      const now = cutting
      cutting = new AbortController()
      now.abort()
    },
  }
}
