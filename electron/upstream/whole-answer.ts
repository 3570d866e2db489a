import type { Usage } from '../../shared/request.ts'
import { asRecord, isErrorBody, looksLikeMarkup } from '../rotation/classification/provider-error.ts'
import type { WireFailure } from '../rotation/wire-failure.ts'
import { usageOfAnswer } from './estimated-usage.ts'
import { isWholeAnswer } from './first-output.ts'
import { responseIdOf } from './response-id.ts'
import { readUsage } from './usage.ts'
import { transportFailure, type WireHead } from './wire-attempt.ts'

export type WholeAnswer =
  | { ok: true; usage: Usage | null; responseId: string | undefined }
  | { ok: false; failure: WireFailure }

/** A 2xx is believed when its body is JSON and has an answer in it. */
export function judgeWholeAnswer(head: WireHead, body: Buffer, maxErrorBytes: number): WholeAnswer {
  if (body.length === 0) return { ok: false, failure: transportFailure('empty-answer', true) }
  const refuse = (): WholeAnswer => ({ ok: false, failure: answerFailure(head, body, maxErrorBytes) })
  const json = parse(body)
  if (json === undefined) {
    return looksLikeMarkup(body.toString('utf8', 0, 1024))
      ? refuse()
      : { ok: false, failure: transportFailure('not-json', true) }
  }
  if (isErrorBody(json)) return refuse()
  const root = asRecord(json)
  if (!root || !isWholeAnswer(root)) return { ok: false, failure: transportFailure('empty-answer', true) }
  return { ok: true, usage: readUsage(root, null) ?? usageOfAnswer(root), responseId: responseIdOf(root) }
}

export function answerFailure(head: WireHead, body: Buffer, maxErrorBytes: number): WireFailure {
  return {
    kind: 'answer',
    status: head.status,
    headers: head.headers,
    contentType: head.headers['content-type'] ?? '',
    body: body.toString('utf8', 0, Math.min(body.length, maxErrorBytes)),
  }
}

/** No JSON begins with this byte but after a byte order mark. */
const bomBytes = 3

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8', body[0] === 0xef ? bomBytes : 0)) as unknown
  } catch {
    // Not JSON: the caller decides what it is then.
    return undefined
  }
}
