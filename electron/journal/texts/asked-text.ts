import { asRecord } from '../../rotation/classification/provider-error.ts'
import { contentText, isSaid, messageText } from './content-text.ts'

const openBrace = 0x7b

/** What was asked, one speaker after the other; null for a body that is no JSON, such as a form with a file. */
export function askedText(body: Uint8Array): string | null {
  if (body[0] !== openBrace) return null
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString()
  const json = parsed(text)
  // Cut, or of a shape that nobody knows: then as it was written.
  return json ? (transcript(json) ?? text) : text
}

export function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asRecord(JSON.parse(text))
  } catch {
    return undefined
  }
}

function transcript(json: Readonly<Record<string, unknown>>): string | null {
  const system = [json['system'], json['instructions']].map(contentText).filter(isSaid)
  const turns = [json['messages'], json['input'], json['prompt']].flatMap(turnsOf)
  const lines = [...system.map((text) => spoken('system', text)), ...turns]
  return lines.length === 0 ? null : lines.join('\n\n')
}

function turnsOf(said: unknown): string[] {
  if (typeof said === 'string') return [spoken('user', said)]
  if (!Array.isArray(said)) return []
  return said.map((turn) => spoken(speakerOf(turn), messageText(turn)))
}

function speakerOf(turn: unknown): string {
  const role = asRecord(turn)?.['role']
  if (typeof role === 'string') return role
  const type = asRecord(turn)?.['type']
  return typeof type === 'string' ? type : 'user'
}

const spoken = (speaker: string, text: string) => `[${speaker}]\n${text}`
