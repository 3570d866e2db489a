// Panic: each of its parts is tried at once, whatever becomes of the others, and none waits for answers under way.
export interface PanicDeps {
  /** The port closes, and what is under way is cut off. */
  stopGateway: () => Promise<unknown>
  /** What streams in the playground ends. */
  cutAnswers: () => void
  lockVault: () => Promise<unknown>
  /** Empties the clipboard, whatever is in it; left out where only the page can reach it. */
  clearClipboard: (() => void) | undefined
  reportBug: (error: unknown) => void
}

export function createPanic({
  stopGateway,
  cutAnswers,
  lockVault,
  clearClipboard,
  reportBug,
}: PanicDeps): () => Promise<void> {
  return async () => {
    const parts = [async () => clearClipboard?.(), async () => cutAnswers(), lockVault, stopGateway]
    const results = await Promise.allSettled(parts.map((part) => part()))
    for (const result of results) if (result.status === 'rejected') reportBug(result.reason)
  }
}
