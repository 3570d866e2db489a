import type { DatabaseSync } from 'node:sqlite'

/** Models, keys and clients by number, as they were called when the row was written. */
export function createNames(db: DatabaseSync) {
  const find = db.prepare('SELECT id FROM names WHERE kind = ? AND owner = ? AND ref = ? AND label = ?')
  const insert = db.prepare('INSERT INTO names (kind, owner, ref, label) VALUES (?, ?, ?, ?)')
  const known = new Map<string, number>()

  function idOf(kind: 'model' | 'key' | 'client', owner: string, ref: string, label: string): number {
    const text = `${kind}\0${owner}\0${ref}\0${label}`
    const cached = known.get(text)
    if (cached !== undefined) return cached
    const found = find.get(kind, owner, ref, label)
    const id = found ? Number(found['id']) : Number(insert.run(kind, owner, ref, label).lastInsertRowid)
    known.set(text, id)
    return id
  }

  const last = db.prepare("SELECT label FROM names WHERE kind = 'model' AND ref = ? ORDER BY id DESC LIMIT 1")
  const lastLabel = (modelId: string) => String(last.get(modelId)?.['label'] ?? modelId)

  return {
    /** Without a name, the last one it had. */
    model: (modelId: string, name?: string) => idOf('model', '', modelId, name ?? lastLabel(modelId)),
    key: (modelId: string, keyId: string, label: string) => idOf('key', modelId, keyId, label),
    client: (name: string) => idOf('client', '', name, name),
    forget: () => known.clear(),
  }
}

export type Names = ReturnType<typeof createNames>
