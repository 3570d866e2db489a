// What a person drops or pastes is recognised by its own marks, the surest first, and ends as models, or as keys that
// still need one.
import * as z from 'zod'
import type { SourceFormat } from '../../shared/transfer.ts'
import { readChannels } from './channel-list.ts'
import { modelConfigsName } from './configs-json.ts'
import { readCurl } from './curl-command.ts'
import type { RefusedKey } from './collected-keys.ts'
import { checkText, decodeDotenvBytes, findLongLine } from './decode-bytes.ts'
import { nothingFound, type Found } from './found.ts'
import { importConfigs, importDotenv, type DotenvImport, type ImportRefusal } from './import.ts'
import { memberOf, plainJson, readJson, type JsonObject } from './json-reader.ts'
import { readKeyLines } from './key-lines.ts'
import { readLitellm, readYaml } from './litellm-config.ts'
import { createLocator, type Place } from './locate.ts'
import type { DotenvTree } from './tree.ts'

export type Recognised =
  | ({ ok: true; format: SourceFormat; tree: DotenvTree | null } & Found)
  | ({ ok: false; format: SourceFormat | null; refusedKeys: RefusedKey[] } & ImportRefusal)

export function recognise(source: string | Uint8Array): Recognised {
  const decoded = typeof source === 'string' ? checkText(source) : decodeDotenvBytes(source)
  if (!decoded.ok) return refuse(null, decoded.reason, decoded.place, null)
  const text = decoded.text.replace(/^\uFEFF/, '')
  const start = text.trimStart()
  const isJson = /^(?:\{|\[\s*[[{"\]])/.test(start)
  const longLine = isJson ? null : findLongLine(text)
  if (longLine !== null) return refuse(null, 'line-too-long', longLine, null)
  if (/^curl\s/.test(start)) return finish('curl', readCurl(text))
  if (isJson) return recogniseJson(text)
  if (/^model_list\s*:/m.test(text)) return recogniseYaml(text)
  const imported = importDotenv(decoded.text)
  if (imported.ok || imported.reason !== 'no-model-configs') return fromDotenv(imported)
  return finish('keys', looseKeys(text))
}

function looseKeys(text: string): Found {
  const { keys, refused } = readKeyLines(text)
  return { ...nothingFound(), keys, refusedKeys: refused }
}

function fromDotenv(imported: DotenvImport): Recognised {
  const { keys, refusedKeys } = nothingFound()
  return imported.ok
    ? { format: 'dotenv', keys, refusedKeys, ...imported }
    : { format: 'dotenv', refusedKeys, ...imported }
}

/** Text that is JSON by its first character is read as nothing else: a fault in it is a fault, not another format. */
function recogniseJson(text: string): Recognised {
  const read = readJson(text)
  const locate = createLocator(text)
  if (!read.ok) return refuse('json', 'bad-json', locate(read.at), read.fault)
  const data = plainJson(read.root)
  const keys = z.array(z.string()).safeParse(data)
  if (keys.success) return finish('keys', looseKeys(keys.data.join('\n')))
  const litellm = readLitellm(data)
  if (litellm !== null) return finish('litellm', litellm)
  const channels = readChannels(data)
  if (channels !== null) return finish('channels', channels)
  if (read.root.kind !== 'object') return refuse('json', 'not-an-object', locate(read.root.at), read.root.kind)
  const imported = importConfigs(configsIn(read.root), locate)
  return finish('json', { ...nothingFound(), ...imported })
}

/** The object itself, or the one that stands under the variable's name. */
function configsIn(root: JsonObject): JsonObject {
  const inner = memberOf(root, modelConfigsName)
  return inner?.kind === 'object' ? inner : root
}

function recogniseYaml(text: string): Recognised {
  const read = readYaml(text)
  if (!read.ok) return refuse('litellm', read.tooLarge ? 'too-large' : 'bad-json', read.place, 'yaml')
  const found = readLitellm(read.data)
  return found === null ? refuse('litellm', 'nothing-usable', null, 'model_list') : finish('litellm', found)
}

function finish(format: SourceFormat, found: Found): Recognised {
  if (found.models.length > 0 || found.keys.length > 0) return { ok: true, format, tree: null, ...found }
  const [first] = found.ignored
  const [refusedKey] = found.refusedKeys
  const place = first ?? (refusedKey?.line ? { line: refusedKey.line, column: 1 } : null)
  const reason = format === 'keys' ? 'no-model-configs' : 'nothing-usable'
  return refuse(format, reason, place, first?.reason ?? refusedKey?.reason ?? null, found)
}

function refuse(
  format: SourceFormat | null,
  reason: ImportRefusal['reason'],
  place: Place | null,
  name: string | null,
  { ignored, refusedKeys } = nothingFound(),
): Recognised {
  const { line, column } = place ?? { line: null, column: null }
  return { ok: false, format, reason, line, column, name, ignored, refusedKeys }
}
