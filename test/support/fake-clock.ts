import type { Clock } from '../../electron/rotation/clock.ts'

interface Task {
  atMs: number
  run: () => void
}

/** A clock that moves only when told to, and lets the tasks that fall due run in order. */
export class FakeClock implements Clock {
  private monotonicMs = 0
  private readonly tasks = new Set<Task>()
  /** Wall time is monotonic time plus this; a test may move it either way. */
  wallOffsetMs = Date.UTC(2026, 0, 1)

  nowMs = () => this.monotonicMs
  wallMs = () => this.monotonicMs + this.wallOffsetMs

  schedule = (delayMs: number, run: () => void) => {
    const task = { atMs: this.monotonicMs + Math.max(0, delayMs), run }
    this.tasks.add(task)
    return () => void this.tasks.delete(task)
  }

  get pending() {
    return this.tasks.size
  }

  /** Moves time forward, running due tasks at their own time and letting promises settle between them. */
  async advance(byMs: number) {
    const endMs = this.monotonicMs + byMs
    for (;;) {
      await settle()
      const due = [...this.tasks].filter((task) => task.atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0]
      if (!due) break
      this.tasks.delete(due)
      this.monotonicMs = due.atMs
      due.run()
    }
    this.monotonicMs = endMs
    await settle()
  }
}

/** Lets everything that is already resolved run, without waiting for real time. */
async function settle() {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
