/** Parts put one after the other are the file; nobody asks for the next part once it was cancelled. */
import type { ExportPart, ExportQuery, RequestFilter } from '../../../shared/activity.ts'

export interface ExportProgress {
  requests: number
  /** From 0 to 1. */
  share: number
}

export interface ExportDeps {
  part: (query: ExportQuery, signal: AbortSignal) => Promise<ExportPart>
  onProgress: (progress: ExportProgress) => void
  signal: AbortSignal
}

export type ExportKind = Pick<ExportQuery, 'format' | 'withTexts'>

/** The parts of the file, or null when it was cancelled. */
export async function exportRequests(
  filter: RequestFilter,
  what: ExportKind,
  { part, onProgress, signal }: ExportDeps,
): Promise<string[] | null> {
  const texts: string[] = []
  let position: number | null = null
  let requests = 0
  do {
    if (signal.aborted) return null
    const answer: ExportPart = await part({ filter, ...what, position, written: requests }, signal)
    texts.push(answer.text)
    requests += answer.requests
    position = answer.next
    onProgress({ requests, share: answer.progress })
  } while (position !== null)
  return signal.aborted ? null : texts
}
