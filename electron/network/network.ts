// One way out for everything that is sent to a provider. A proxy that fails is nobody's key's fault, and no password of
// one goes anywhere but to the host it was given for.
import type { NetworkStatus, NetworkTest, ProxyChange, ProxySettings } from '../../shared/network.ts'
import { Failure } from '../../shared/failure.ts'
import { authorityOf } from '../upstream/hostname.ts'
import { secretOrUndefined } from '../models/secret-or-undefined.ts'
import type { Clock } from '../rotation/clock.ts'
import type { Proxy, ProxyFor } from '../upstream/proxy/proxy.ts'
import { transportCause } from '../upstream/transport-cause.ts'
import type { RoutedUpstream } from '../upstream/upstream.ts'
import { secretField } from '../vault/draft.ts'
import type { Vault } from '../vault/vault.ts'
import { goesDirect } from './direct-hosts.ts'
import type { ProxyEnvironment } from './environment.ts'
import { parseProxyAddress, readProxyAddress, type ProxyAddress } from './proxy-address.ts'

export interface NetworkDeps {
  settings: { get: () => { proxy: ProxySettings }; set: (change: { proxy: ProxySettings }) => unknown }
  vault: Pick<Vault<unknown>, 'status' | 'isOpen' | 'commit' | 'secretInfo' | 'secretFor'>
  environment: ProxyEnvironment
  /** Fails unless the vault and the interface are open. */
  gate: () => void
  isOwnHost: (host: string) => boolean
  upstream: () => Pick<RoutedUpstream, 'reroute' | 'reach'>
  /** The providers that a test may go to. */
  origins: () => readonly string[]
  clock: Clock
}

export type Network = ReturnType<typeof createNetwork>

/** The password's record in the vault. */
const recordId = 'outgoing-proxy'
/** The field of the password that the last change took away: kept until the next one, or a purge. */
const replacedField = 'replaced'
/** Where a test goes when no provider of the vault is reached through the proxy. */
const wellKnown = 'https://api.openai.com'

export function createNetwork(deps: NetworkDeps) {
  const { settings, vault, environment, gate } = deps

  const passwordFor = (host: string) => secretOrUndefined(() => vault.secretFor(recordId, host)) ?? ''

  const hasPassword = ({ url }: ProxySettings): boolean => {
    const address = readProxyAddress(url)
    if (typeof address === 'string' || !vault.isOpen()) return false
    return vault.secretInfo(recordId)?.allowedHosts.includes(address.host) ?? false
  }

  function own({ url, user }: ProxySettings): Proxy | null {
    const address = readProxyAddress(url)
    if (typeof address === 'string') return null
    const credentials = () => {
      const password = passwordFor(address.host)
      return user === '' && password === '' ? null : { user, password }
    }
    return { ...address, credentials }
  }

  function ofSystem(origin: string): Proxy | null {
    const address = origin.startsWith('https:') ? environment.https : environment.http
    return address && { ...address, credentials: () => address.credentials }
  }

  const proxyFor: ProxyFor = (origin) => {
    const { proxy } = settings.get()
    if (proxy.mode === 'off') return null
    const isSystem = proxy.mode === 'system'
    if (goesDirect(origin, isSystem ? [...environment.direct, ...proxy.direct] : proxy.direct)) return null
    return isSystem ? ofSystem(origin) : own(proxy)
  }

  const status = (): NetworkStatus => {
    const { proxy } = settings.get()
    const { https, http, direct } = environment
    const system = https || http ? { https: https?.url ?? null, http: http?.url ?? null, direct: [...direct] } : null
    return { ...proxy, hasPassword: hasPassword(proxy), system }
  }

  async function keepPassword(password: string | null, address: ProxyAddress | null): Promise<void> {
    await vault.commit(
      (draft) => {
        if (draft.fingerprintOf(recordId) === undefined) draft.removeSecret(recordId, replacedField)
        else draft.copySecret(recordId, { from: secretField, to: replacedField })
        if (password === null || address === null) draft.removeSecret(recordId)
        else draft.sealSecret(password, { recordId, allowedHosts: [address.host] })
        draft.audit({ action: 'change-proxy', subject: address?.host ?? '' })
      },
      { backup: null },
    )
  }

  async function putPasswordBack(address: ProxyAddress | null): Promise<void> {
    await vault.commit(
      (draft) => {
        if (draft.fingerprintOf(recordId, replacedField) === undefined) throw new Failure('OLD_PASSWORD_FORGOTTEN', {})
        draft.copySecret(recordId, { from: replacedField, to: secretField })
        draft.removeSecret(recordId, replacedField)
        draft.audit({ action: 'change-proxy', subject: address?.host ?? '' })
      },
      { backup: null },
    )
  }

  return {
    proxyFor,
    status,

    /** What was kept for an undo goes with any purge. */
    async forgetReplaced(): Promise<void> {
      if (vault.secretInfo(recordId, replacedField) === undefined) return
      await vault.commit((draft) => draft.removeSecret(recordId, replacedField), { backup: null })
    },

    /** Holds for whatever is asked next; what is under way ends as it began. */
    async set({ password, passwordBack, ...proxy }: ProxyChange): Promise<NetworkStatus> {
      // Before there is a vault there is nothing that could be sent elsewhere.
      if (vault.status().state !== 'none') gate()
      const isNeeded = proxy.mode === 'own' || proxy.url !== ''
      const address = isNeeded ? parseProxyAddress(proxy.url, deps.isOwnHost) : null
      if (typeof password === 'string' && address === null) throw new Failure('PROXY_REFUSED', { reason: 'not-a-url' })
      if (passwordBack) await putPasswordBack(address)
      const isForgotten = password === null && vault.isOpen() && vault.secretInfo(recordId) !== undefined
      if (typeof password === 'string' || isForgotten) await keepPassword(password ?? null, address)
      settings.set({ proxy: { ...proxy, url: address?.url ?? '' } })
      deps.upstream().reroute()
      return status()
    },

    /** Connects to a provider as a request would, and sends it nothing. */
    async test(): Promise<NetworkTest> {
      const origin = deps.origins().find((one) => proxyFor(one) !== null) ?? wellKnown
      const { host } = new URL(origin)
      const proxy = proxyFor(origin)
      const via = proxy && `${proxy.kind}://${authorityOf(proxy)}`
      const startedMs = deps.clock.nowMs()
      try {
        await deps.upstream().reach(origin)
        return { kind: 'reached', host, via, tookMs: deps.clock.nowMs() - startedMs }
      } catch (error) {
        return { kind: 'failed', host, via, cause: transportCause(error) }
      }
    },
  }
}
