/** What a person may be told of outside of the page. A list without a schema, because the page needs it at run time. */
export const notifyKinds = ['rejected', 'exhausted', 'expiring', 'expired', 'all-out', 'back'] as const
export type NotifyKind = (typeof notifyKinds)[number]
