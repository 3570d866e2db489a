// Every alarm rings at its own time, however many others of its length were set and cancelled before.
import type { Clock } from './clock.ts'

/** Shorter ones are set for their own sake and mostly do ring. */
const shortestMs = 1_000
/** Lengths that come from settings are few; whoever computes each anew is given timers of its own. */
const maxLengths = 32

/**
 * The same clock, for those who set an alarm with every request and nearly always cancel it: one timer a length, and an
 * alarm is a link in a list. Without any alarm there is no timer either.
 */
export function withCheapAlarms(clock: Clock): Clock {
  const lists = new Map<number, AlarmList>()

  function listOf(delayMs: number): AlarmList | undefined {
    const known = lists.get(delayMs)
    if (known || lists.size >= maxLengths) return known
    const list = new AlarmList(clock, delayMs)
    lists.set(delayMs, list)
    return list
  }

  return {
    nowMs: clock.nowMs,
    wallMs: clock.wallMs,
    schedule(delayMs, task) {
      const list = delayMs >= shortestMs && Number.isInteger(delayMs) ? listOf(delayMs) : undefined
      return list ? list.add(task) : clock.schedule(delayMs, task)
    },
  }
}

interface Alarm {
  atMs: number
  task: () => void
  before: Alarm | null
  after: Alarm | null
  isSet: boolean
}

/** Alarms of one length: who was set first rings first. */
class AlarmList {
  readonly #clock: Clock
  readonly #delayMs: number
  #first: Alarm | null = null
  #last: Alarm | null = null
  #cancelTimer: (() => void) | null = null

  constructor(clock: Clock, delayMs: number) {
    this.#clock = clock
    this.#delayMs = delayMs
  }

  add(task: () => void): () => void {
    const atMs = this.#clock.nowMs() + this.#delayMs
    const alarm: Alarm = { atMs, task, before: this.#last, after: null, isSet: true }
    if (this.#last) this.#last.after = alarm
    else this.#first = alarm
    this.#last = alarm
    this.#cancelTimer ??= this.#clock.schedule(this.#delayMs, this.#ring)
    return () => this.#remove(alarm)
  }

  #remove(alarm: Alarm): void {
    if (!alarm.isSet) return
    alarm.isSet = false
    if (alarm.before) alarm.before.after = alarm.after
    else this.#first = alarm.after
    if (alarm.after) alarm.after.before = alarm.before
    else this.#last = alarm.before
    // One that has grown old without being collected would keep those after it alive, and they the ones after them.
    alarm.before = null
    alarm.after = null
    alarm.task = nothing
    if (this.#first) return
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }

  readonly #ring = (): void => {
    this.#cancelTimer = null
    const nowMs = this.#clock.nowMs()
    const due: Alarm[] = []
    for (let alarm = this.#first; alarm && alarm.atMs <= nowMs; alarm = alarm.after) due.push(alarm)
    try {
      // One of them may cancel another.
      for (const alarm of due) this.#ringOne(alarm)
    } finally {
      if (this.#first) this.#cancelTimer ??= this.#clock.schedule(Math.max(0, this.#first.atMs - nowMs), this.#ring)
    }
  }

  #ringOne(alarm: Alarm): void {
    const { isSet, task } = alarm
    if (!isSet) return
    this.#remove(alarm)
    task()
  }
}

function nothing() {}
