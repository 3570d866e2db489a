// Without a schema, so that the page can read it too.

/** Keys that are added at once are added all or not at all; more than a vault holds is never one call. */
export const maxKeysAtOnce = 100_000
/** How many characters their secrets may have together: the call is one message between page and main. */
export const maxKeysLength = 8 * 1024 * 1024
