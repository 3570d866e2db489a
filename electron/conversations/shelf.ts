/** Documents by their names. What is kept replaces what was kept, whole. */
export interface Shelf {
  readonly kept: 'vault' | 'memory'
  names(): Promise<string[]>
  /** Undefined when there is none of that name, or it does not open. */
  read(name: string): Promise<unknown>
  keep(name: string, document: unknown): Promise<void>
  remove(name: string): Promise<void>
  /** Takes one that did not open out of the way; its bytes stay for whoever can do more. */
  setAside(name: string): Promise<void>
  /** How many were set aside, ever. */
  damaged(): Promise<number>
}

/** For as long as there is no vault, and so no key to encrypt with: nothing of it reaches the disk. */
export function createMemoryShelf(): Shelf {
  const documents = new Map<string, unknown>()
  return {
    kept: 'memory',
    names: () => Promise.resolve([...documents.keys()]),
    read: (name) => Promise.resolve(documents.get(name)),
    keep: (name, document) => Promise.resolve(void documents.set(name, document)),
    remove: (name) => Promise.resolve(void documents.delete(name)),
    setAside: (name) => Promise.resolve(void documents.delete(name)),
    damaged: () => Promise.resolve(0),
  }
}
