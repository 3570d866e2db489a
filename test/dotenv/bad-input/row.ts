/** Stands for a key wherever a bad file could hold one; it may show up in no message. */
export const canary = 'sk-canary-3f9c2a7b51d84e06'

/** A usable line, so that what else is wrong with a file is a notice and not a refusal. */
export const usable = `API_KEY=${canary}\n`
export const configs = (json: string) => `LLM_MODEL_CONFIGS='${json}'\n`
export const entry = (fields: string) => configs(`{"m": {"api_key": "${canary}", ${fields}}}`)
export const key = (value: string) => configs(`{"m": {"api_key": ["${canary}", ${JSON.stringify(value)}]}}`)
export const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

export interface Said {
  code: string
  line?: number | null
  column?: number | null
  name?: string | null
}

export type BadInput = { title: string; source: string | Uint8Array } & (
  | { refused: Said }
  /** Imported all the same, and this said about it. */
  | { noticed: Said }
  | { ignored: { name: string; reason: string } }
  /** Nothing is wrong with it: the value, to the byte. */
  | { kept: [name: string, value: string | null] }
)
