/** One key handed out for one attempt. A report is about this lease, never about "the current" key. */
export interface Lease {
  readonly leaseId: number
  readonly keyId: string
  readonly keyLabel: string
  /** 1 for the first attempt of the request. */
  readonly attempt: number
  /** The single lease a key gets when its cooldown is over, before it is trusted again. */
  readonly probe: boolean
  /** Only where the pool was given secrets itself (as a library). Not enumerable, so no log or JSON shows it. */
  readonly secret?: string | undefined
}
