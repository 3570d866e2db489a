// What a header of a provider's answer is to us is decided by its name, and once for every name.

/** Whether a name is of one kind; a provider's answers have the same few, and each is asked for with every answer. */
export function createHeaderKind(names: ReadonlySet<string>, prefixes: readonly string[]): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    const remembered = known.get(name)
    if (remembered !== undefined) return remembered
    const isOfKind = names.has(name) || prefixes.some((prefix) => name.startsWith(prefix))
    if (known.size < maxKnown) known.set(name, isOfKind)
    return isOfKind
  }
}

/** A provider that makes up new names all the time is asked about each of them. */
const maxKnown = 512
