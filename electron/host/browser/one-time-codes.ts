import type { Clock } from '../../rotation/clock.ts'
import { digestOf, isSameDigest } from '../../loopback/digest.ts'
import type { OpenedSession } from './sessions.ts'

/**
 * A code opens one session, once, within a minute. It travels in the address's fragment, which no server is sent, but
 * another user of this machine may see it where a browser was started with it: so a code that comes twice ends the
 * session that it opened (as RFC 6749 §4.1.2 has it for authorization codes), and whoever was first has nothing of it.
 */
export interface OneTimeCodes {
  issue(): string
  /** The token of the session that `open` opens, or null when the code is wrong, used or old. */
  redeem(code: string, open: () => OpenedSession): string | null
}

export const codeLifetimeMs = 60_000
const codeBytes = 24
const maxKept = 32

interface Code {
  readonly digest: Buffer
  readonly expiresAtMs: number
  opened: OpenedSession | null
}

export interface OneTimeCodesDeps {
  clock: Pick<Clock, 'nowMs'>
  random: (bytes: number) => Uint8Array
}

export function createOneTimeCodes({ clock, random }: OneTimeCodesDeps): OneTimeCodes {
  let codes: readonly Code[] = []
  const dropExpired = () => {
    codes = codes.filter(({ expiresAtMs }) => clock.nowMs() < expiresAtMs)
  }
  return {
    issue() {
      dropExpired()
      const code = Buffer.from(random(codeBytes)).toString('base64url')
      const expiresAtMs = clock.nowMs() + codeLifetimeMs
      codes = [...codes.slice(1 - maxKept), { digest: digestOf(code), expiresAtMs, opened: null }]
      return code
    },
    redeem(code, open) {
      dropExpired()
      const digest = digestOf(code)
      const [known] = codes.filter((candidate) => isSameDigest(candidate.digest, digest))
      if (!known) return null
      if (known.opened) {
        known.opened.close()
        return null
      }
      known.opened = open()
      return known.opened.token
    },
  }
}
