/** What must reach main while the vault is still open, when a person locks it. */
const tasks = new Set<() => Promise<unknown>>()

export function beforeLock(task: () => Promise<unknown>): void {
  tasks.add(task)
}

/** A task that fails shows that in its own place; locking goes before. */
export async function runBeforeLock(): Promise<void> {
  await Promise.allSettled([...tasks].map((task) => task()))
}
