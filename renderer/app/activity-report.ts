/** Signs of a person at work, told to main no more often than it needs to hear of them. */
export interface ActivityReportDeps {
  everyMs: number
  report: () => void
}

/** Answers a function to call at every sign with its time. */
export function createActivityReport({ everyMs, report }: ActivityReportDeps): (atMs: number) => void {
  let reportedAtMs = Number.NEGATIVE_INFINITY
  return (atMs) => {
    if (atMs - reportedAtMs < everyMs) return
    reportedAtMs = atMs
    report()
  }
}
