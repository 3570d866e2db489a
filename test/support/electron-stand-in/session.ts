import { EventEmitter } from 'node:events'
import type { CustomScheme, Session } from 'electron'
import { app } from './app.ts'
import { runtime } from './runtime.ts'
import { notImitated, strict } from './strict.ts'

interface RequestFilter {
  urls: readonly string[]
}
type BeforeRequest = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void
export type SchemeHandler = (request: Request) => Response | Promise<Response>
type Imitated = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>

/** Electron's documentation, session and protocol. Every session is in memory: the profile is new at each start. */
export class StandInSession extends EventEmitter implements Imitated {
  readonly handlers = new Map<string, SchemeHandler>()
  isGranted: (permission: string, origin: string) => boolean = () => true

  #filter: { urls: readonly RegExp[]; ask: BeforeRequest } | undefined

  /** Match patterns of a scheme and everything under it, which are the only ones that are used. */
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (filter: RequestFilter, ask: BeforeRequest) => {
      const urls = filter.urls.map((pattern) => {
        const scheme = /^([a-z]+):\/\/(?:\/|\*\/)\*$/.exec(pattern)?.[1]
        if (scheme === undefined) throw notImitated(`a request filter ${pattern}`)
        return new RegExp(`^${scheme}:`)
      })
      this.#filter = { urls, ask }
    },
  })

  /** Whether the application lets this request of the page go on. */
  lets(url: string): boolean {
    if (!this.#filter?.urls.some((pattern) => pattern.test(url))) return true
    let cancelled = false
    this.#filter.ask({ url }, ({ cancel }) => void (cancelled = cancel ?? false))
    return !cancelled
  }

  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: SchemeHandler) => {
      if (!runtime.schemes.has(scheme)) throw notImitated(`protocol.handle for the unregistered scheme ${scheme}`)
      if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} is already handled`)
      this.handlers.set(scheme, handler)
    },
  })

  setPermissionCheckHandler(handler: Parameters<Session['setPermissionCheckHandler']>[0]): void {
    const ask = handler as ((contents: null, permission: string, origin: string, details: object) => boolean) | null
    this.isGranted = (permission, origin) => ask?.(null, permission, origin, {}) ?? true
  }

  /** Headless Chromium never prompts, so only the check decides; these three are taken and not called. */
  setPermissionRequestHandler(_handler: Parameters<Session['setPermissionRequestHandler']>[0]): void {}
  setDevicePermissionHandler(_handler: Parameters<Session['setDevicePermissionHandler']>[0]): void {}
  setDisplayMediaRequestHandler(_handler: Parameters<Session['setDisplayMediaRequestHandler']>[0]): void {}
}

const partitions = new Map<string, StandInSession>()

export const session = strict('session', {
  fromPartition(name: string): StandInSession {
    if (name.startsWith('persist:')) throw notImitated('a persistent session')
    const found = partitions.get(name) ?? strict('session', new StandInSession())
    partitions.set(name, found)
    return found
  },
})

let registered = false

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    if (registered) throw new Error('protocol.registerSchemesAsPrivileged can be called only once')
    registered = true
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure) throw notImitated('a scheme that is not standard and secure')
      runtime.schemes.add(scheme)
    }
  },
})
