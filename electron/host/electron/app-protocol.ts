import type { CustomScheme } from 'electron'
import { contentSecurityPolicy, createNonce, inertContentPolicy, withNonce } from '../content-security-policy.ts'
import { findPageFile, type PageFiles } from '../page-files.ts'
import { appScheme, isOwnPage } from './navigation.ts'

/** app://bundle serves the built page's own files and nothing else, each as what it is and under the page's policy. */
export const appSchemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
}

export function createAppResponder(files: PageFiles, nonceForPage = createNonce) {
  return (request: Pick<Request, 'url' | 'method'>): Response => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    const file = isOwnPage(request.url) ? findPageFile(files, new URL(request.url).pathname) : undefined
    if (file === undefined) return refusal(404)
    if (!file.type.startsWith('text/html')) return answer(new Uint8Array(file.bytes), file.type, inertContentPolicy)
    const nonce = nonceForPage()
    return answer(withNonce(file.bytes.toString(), nonce), file.type, contentSecurityPolicy({ nonce }))
  }
}

const answer = (body: Uint8Array<ArrayBuffer> | string, type: string, policy: string) =>
  new Response(body, { headers: { ...protectiveHeaders(policy), 'content-type': type } })

const refusal = (status: number) => new Response(null, { status, headers: protectiveHeaders(inertContentPolicy) })

const protectiveHeaders = (policy: string) => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
})
