import type { Clock } from '../../rotation/clock.ts'
import { digestOf, isSameDigest } from '../../loopback/digest.ts'

/**
 * A session is a token that only one browser tab holds, in its sessionStorage and never in a cookie: cookies of
 * 127.0.0.1 are sent to every port. It ends when it is closed or has not been used for twelve hours.
 */
export interface Sessions {
  open(): OpenedSession
  find(token: string): Session | undefined
  /** Ends what has not been used for too long. */
  expire(): void
}

export interface OpenedSession {
  readonly token: string
  close(): void
}

export interface Session {
  /** Says that a person is still there. */
  touch(): void
  close(): void
  /** Runs `end` when the session ends; the returned function forgets it. */
  onEnd(end: () => void): () => void
}

export const idleLimitMs = 12 * 60 * 60 * 1000
const tokenBytes = 32
const maxSessions = 256

export interface SessionsDeps {
  clock: Pick<Clock, 'nowMs'>
  random: (bytes: number) => Uint8Array
}

export function createSessions({ clock, random }: SessionsDeps): Sessions {
  const open = new Set<{ digest: Buffer; usedAtMs: number; session: Session }>()

  const isOver = (usedAtMs: number) => clock.nowMs() - usedAtMs >= idleLimitMs
  const expire = () => {
    for (const { usedAtMs, session } of open) if (isOver(usedAtMs)) session.close()
  }

  function createSession(digest: Buffer) {
    const endings = new Set<() => void>()
    const session: Session = {
      touch: () => void (entry.usedAtMs = clock.nowMs()),
      close() {
        if (open.delete(entry)) for (const end of endings) end()
      },
      onEnd(end) {
        endings.add(end)
        return () => void endings.delete(end)
      },
    }
    const entry = { digest, usedAtMs: clock.nowMs(), session }
    open.add(entry)
    return session
  }

  return {
    open() {
      expire()
      const token = Buffer.from(random(tokenBytes)).toString('base64url')
      const oldest = [...open].toSorted((a, b) => a.usedAtMs - b.usedAtMs)[0]
      if (open.size >= maxSessions) oldest?.session.close()
      const session = createSession(digestOf(token))
      return { token, close: () => session.close() }
    },
    find(token) {
      expire()
      const digest = digestOf(token)
      const entry = [...open].filter((candidate) => isSameDigest(candidate.digest, digest))[0]
      entry?.session.touch()
      return entry?.session
    },
    expire,
  }
}
