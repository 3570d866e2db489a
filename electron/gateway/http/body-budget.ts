/** What the bodies of all requests under way may take of memory together, so that many large ones cannot exhaust it. */
export interface BodyBudget {
  open: () => BodyShare
}

/** One request's part of it. */
export interface BodyShare {
  /** False when there is no room for these bytes now. */
  take: (bytes: number) => boolean
  close: () => void
}

export function createBodyBudget(maxBytes: number): BodyBudget {
  let taken = 0
  return {
    open() {
      let own = 0
      return {
        take(bytes) {
          if (taken + bytes > maxBytes) return false
          taken += bytes
          own += bytes
          return true
        },
        close() {
          taken -= own
          own = 0
        },
      }
    },
  }
}
