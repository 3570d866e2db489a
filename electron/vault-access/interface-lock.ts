// While the interface is locked no secret is shown and none is sent elsewhere; the gateway keeps serving.
import { Failure } from '../../shared/failure.ts'
import type { Clock } from '../rotation/clock.ts'

export interface InterfaceLock {
  isOpen(): boolean
  /** Fails with INTERFACE_LOCKED unless the interface is open. */
  required(): void
  open(): void
  close(): void
  /** A person is at work: the idle time starts anew. */
  activity(): void
  /** The idle time was changed. */
  rearm(): void
  dispose(): void
}

export interface InterfaceLockDeps {
  clock: Clock
  /** 0 for never. */
  idleMs: () => number
  /** Nobody was at work for that long. The interface is closed already. */
  onIdle: () => void
  onChange: (isOpen: boolean) => void
}

export function createInterfaceLock({ clock, idleMs, onIdle, onChange }: InterfaceLockDeps): InterfaceLock {
  let isOpen = false
  let lastUse = { nowMs: clock.nowMs(), wallMs: clock.wallMs() }
  let cancel = () => {}

  /** Monotonic time may stand still while the machine sleeps; wall time does not. */
  const idleForMs = () => Math.max(clock.nowMs() - lastUse.nowMs, clock.wallMs() - lastUse.wallMs)
  const isIdle = () => idleMs() > 0 && idleForMs() >= idleMs()

  function setOpen(next: boolean) {
    if (isOpen === next) return
    isOpen = next
    onChange(isOpen)
  }

  function arm() {
    cancel()
    if (idleMs() > 0) cancel = clock.schedule(Math.max(0, idleMs() - idleForMs()), look)
  }

  function look() {
    if (!isIdle()) return arm()
    setOpen(false)
    onIdle()
  }

  function used() {
    lastUse = { nowMs: clock.nowMs(), wallMs: clock.wallMs() }
    arm()
  }

  /** After a sleep the timer is late: whoever asks finds the time over all the same. */
  function isOpenNow() {
    if (isOpen && isIdle()) look()
    return isOpen
  }

  return {
    isOpen: isOpenNow,
    required() {
      if (!isOpenNow()) throw new Failure('INTERFACE_LOCKED', {})
    },
    open() {
      used()
      setOpen(true)
    },
    close: () => setOpen(false),
    activity() {
      // What comes too late does not undo the lock that was due.
      if (isIdle()) look()
      used()
    },
    rearm: arm,
    dispose: () => cancel(),
  }
}
