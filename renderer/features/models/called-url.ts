// What an address that was typed comes to, and what about it is likely a slip. Whether it may be used, main says.
import { presetAt } from '../../../shared/provider-presets.ts'

export type BaseRemark = 'twice' | 'endpoint' | 'no-version' | 'slashes' | 'other-alphabet'

export interface CalledUrl {
  /** As it goes over the wire: a name in another alphabet is written in its ASCII form. */
  url: string
  remarks: readonly BaseRemark[]
}

const path = '/chat/completions'
const doubledVersion = /\/(v\d+(?:beta|alpha)?)\/+\1(?:\/|$)/i
const version = /\/v\d+(?:beta|alpha)?(?:\/|$)/i
const endpoint = /\/(?:completions|responses|messages|embeddings|models)$/i

/** Null for what is no base URL (yet). */
export function calledUrl(apiBase: string): CalledUrl | null {
  const parsed = URL.parse(apiBase.trim())
  if (parsed === null || !/^https?:\/\//i.test(apiBase.trim()) || parsed.hostname === '') return null
  const base = (parsed.origin + parsed.pathname).replace(/\/+$/, '')
  return { url: base + path, remarks: remarksOn(base, parsed) }
}

function remarksOn(base: string, { hostname, pathname }: URL): BaseRemark[] {
  const itsPath = pathname.replace(/\/+$/, '')
  const remarks: [BaseRemark, boolean][] = [
    ['other-alphabet', hostname.split('.').some((part) => part.startsWith('xn--'))],
    ['twice', doubledVersion.test(itsPath)],
    ['endpoint', endpoint.test(itsPath)],
    ['slashes', itsPath.includes('//')],
    ['no-version', !version.test(itsPath) && presetAt(base)?.apiBase !== base],
  ]
  return remarks.filter(([, holds]) => holds).map(([remark]) => remark)
}
