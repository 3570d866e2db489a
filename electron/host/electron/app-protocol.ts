import type { CustomScheme } from 'electron'
import { contentSecurityPolicy, createNonce, withNonce } from '../content-security-policy.ts'
import { findPageFile, type PageFiles } from '../page-files.ts'
import { securityHeaders } from '../security-headers.ts'
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
    if (!file.type.startsWith('text/html')) {
      return answer(new Uint8Array(file.bytes), { 'content-type': file.type })
    }
    const nonce = nonceForPage()
    const headers = { 'content-type': file.type, 'content-security-policy': contentSecurityPolicy({ nonce }) }
    return answer(withNonce(file.bytes.toString(), nonce), headers)
  }
}

const answer = (body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string>) =>
  new Response(body, { headers: { ...securityHeaders, ...headers } })

const refusal = (status: number) => new Response(null, { status, headers: securityHeaders })
