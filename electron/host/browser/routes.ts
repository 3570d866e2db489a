import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { contentSecurityPolicy, createNonce, withNonce } from '../content-security-policy.ts'
import { findPageFile, type PageFiles } from '../page-files.ts'
import { checkRequest, headerValues, type Refusal } from './access.ts'
import { json, text, unauthorized, type Answer } from './answer.ts'
import { digestOf, isSameDigest } from '../../loopback/digest.ts'
import type { FailureThrottle } from '../../loopback/failure-throttle.ts'
import type { OneTimeCodes } from './one-time-codes.ts'
import { readJsonBody } from './request-body.ts'
import type { Session, Sessions } from './sessions.ts'

export interface RouteDeps {
  /** The one origin this server answers to, known once it listens. */
  origin: () => string
  files: PageFiles
  codes: OneTimeCodes
  sessions: Sessions
  throttle: FailureThrottle
  /** Lets a second start of the application ask this one for a link. */
  controlToken: string
}

const CodeInput = z.object({ code: z.string().min(1).max(128) })

const addressHint: Partial<Record<Refusal, (origin: string) => string>> = {
  'other-host': (origin) => `This is not an address of Keywheel. It answers only at ${origin}`,
}

/** Answers a plain HTTP request: the page and its files, the exchange of a code for a session, and its end. */
export function createRoutes(deps: RouteDeps): (request: IncomingMessage) => Promise<Answer> {
  return async (request) => {
    const target = request.url ?? ''
    const verdict = checkRequest(
      { method: request.method ?? '', target, rawHeaders: request.rawHeaders },
      deps.origin(),
    )
    if (verdict.kind === 'refused') {
      const hint = addressHint[verdict.reason]?.(deps.origin())
      return text(verdict.status, hint ?? 'Refused.')
    }
    const route = `${request.method} ${target}`
    if (route === 'POST /session') return openSession(deps, request)
    if (route === 'GET /session') return withSession(deps, request, () => undefined)
    if (route === 'DELETE /session') return withSession(deps, request, (session) => session.close())
    if (route === 'POST /link') return issueLink(deps, request)
    return request.method === 'GET' || request.method === 'HEAD'
      ? servePage(deps, target)
      : { ...text(405, 'Refused.'), headers: { allow: 'GET, HEAD' } }
  }
}

async function openSession({ codes, sessions, throttle }: RouteDeps, request: IncomingMessage): Promise<Answer> {
  const body = await readJsonBody(request)
  if (body.kind === 'refused') return text(body.status, 'Refused.')
  const input = CodeInput.safeParse(body.value)
  if (!input.success) return text(400, 'Refused.')
  const token = codes.redeem(input.data.code, () => sessions.open())
  if (token !== null) return json(200, { token })
  await throttle.failed()
  return unauthorized
}

async function withSession(
  { sessions, throttle }: RouteDeps,
  request: IncomingMessage,
  act: (session: Session) => void,
): Promise<Answer> {
  const session = sessions.find(bearerToken(request))
  if (session) {
    act(session)
    return { status: 204 }
  }
  await throttle.failed()
  return unauthorized
}

async function issueLink({ codes, controlToken, origin, throttle }: RouteDeps, request: IncomingMessage) {
  if (isSameDigest(digestOf(bearerToken(request)), digestOf(controlToken))) {
    return json(200, { link: linkOf(origin(), codes.issue()) })
  }
  await throttle.failed()
  return unauthorized
}

/** The code is in the fragment, which a browser keeps to itself. */
export const linkOf = (origin: string, code: string): string => `${origin}/#code=${code}`

function bearerToken(request: IncomingMessage): string {
  const values = headerValues(request.rawHeaders, 'authorization')
  return (values.length === 1 && /^Bearer ([\w-]{1,128})$/.exec(values[0] ?? '')?.[1]) || ''
}

function servePage({ files, origin }: RouteDeps, target: string): Answer {
  const file = findPageFile(files, target)
  if (!file) return text(404, 'There is nothing here.')
  if (!file.type.startsWith('text/html'))
    return { status: 200, headers: { 'content-type': file.type }, body: file.bytes }
  const nonce = createNonce()
  const policy = contentSecurityPolicy({ nonce, connectTo: [origin().replace(/^http/, 'ws')] })
  return {
    status: 200,
    headers: { 'content-type': file.type, 'content-security-policy': policy },
    body: withNonce(file.bytes.toString('utf8'), nonce),
  }
}
