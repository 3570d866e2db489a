import type { NetworkStatus, ProxyChange } from '../../../shared/network.ts'

/** The form's fields; an empty password keeps the one that is there. */
export interface ProxyDraft {
  url: string
  user: string
  password: string
  direct: readonly string[]
}

export const draftOfProxy = ({ url, user, direct }: NetworkStatus): ProxyDraft => ({ url, user, password: '', direct })

/** A proxy without a user asks for no password, so that none is kept for it. */
export function changeOf({ url, user, password, direct }: ProxyDraft, { hasPassword }: NetworkStatus): ProxyChange {
  const own: ProxyChange = { mode: 'own', url, user, direct: [...direct] }
  if (password !== '') return { ...own, password }
  return user.trim() === '' && hasPassword ? { ...own, password: null } : own
}

/** The same without what was kept: for a mode, and for what takes a change of anything but the password back. */
export const kept = ({ mode, url, user, direct }: NetworkStatus): ProxyChange => ({ mode, url, user, direct })

/** What takes a change back. A password that it replaced is kept in the vault until the next change of it. */
export function backTo(before: NetworkStatus, { password }: ProxyChange): ProxyChange {
  if (password === undefined) return kept(before)
  return before.hasPassword ? { ...kept(before), passwordBack: true } : { ...kept(before), password: null }
}

/** What of an address belongs into the two fields beside it; null where it holds neither. */
export function withoutCredentials(typed: string): Pick<ProxyDraft, 'url' | 'user' | 'password'> | null {
  if (!URL.canParse(typed.trim())) return null
  const url = new URL(typed.trim())
  if (url.username === '' && url.password === '') return null
  const user = decoded(url.username)
  const password = decoded(url.password)
  return { url: `${url.protocol}//${url.host}`, user, password }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
