// How Keywheel reaches the providers: directly, or through a proxy. A password is never in what is shown.
import * as z from 'zod'
import { UpstreamCause } from './outcome.ts'

/** `system`: what the environment said when the application began. */
export const ProxyMode = z.enum(['off', 'system', 'own'])
export type ProxyMode = z.infer<typeof ProxyMode>

/** As it is kept: without the password, which lies in the vault. */
export const ProxySettings = z.object({
  mode: ProxyMode,
  /** `http://`, `https://` or `socks5://` with host and port; empty until there is one. */
  url: z.string().max(2048),
  user: z.string().max(256),
  /** Hosts that are reached without it. Loopback always is. */
  direct: z.array(z.string().max(256)).max(200),
})
export type ProxySettings = z.infer<typeof ProxySettings>

export const defaultProxy: ProxySettings = { mode: 'off', url: '', user: '', direct: [] }

/** RFC 7617: no control characters, and a user without the colon that parts it from the password. */
// eslint-disable-next-line no-control-regex
const plain = /^[^\u0000-\u001f\u007f]*$/

/** What a person sets. The address is checked by network/proxy-address.ts. */
export const ProxyChange = z.object({
  mode: ProxyMode,
  url: z.string().trim().max(2048, 'proxy_too_long'),
  user: z
    .string()
    .trim()
    .max(256, 'proxy_user_too_long')
    .regex(plain, 'text_characters')
    .refine((user) => !user.includes(':'), 'proxy_user_colon'),
  direct: z
    .array(
      z
        .string()
        .trim()
        .max(256, 'direct_host')
        .regex(/^(?:\*|[\w.*:[\]/-]*[\w\]])$/, 'direct_host'),
    )
    .max(200, 'direct_limit'),
  /** Left out, the one that is kept stays; null forgets it. */
  password: z
    .string()
    .min(1)
    .max(1024, 'proxy_password_too_long')
    .regex(plain, 'text_characters')
    .nullable()
    .optional(),
  /** In the place of a password: the one that the last change of it took away comes back. */
  passwordBack: z.literal(true).optional(),
})
export type ProxyChange = z.infer<typeof ProxyChange>

export const NetworkStatus = ProxySettings.extend({
  hasPassword: z.boolean(),
  /** What the environment said, without user and password; null where it named no proxy. */
  system: z
    .object({ https: z.string().nullable(), http: z.string().nullable(), direct: z.array(z.string()) })
    .nullable(),
})
export type NetworkStatus = z.infer<typeof NetworkStatus>

/** Whether a provider can be reached this way; nothing is asked of it and no key is sent. */
export const NetworkTest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reached'), host: z.string(), via: z.string().nullable(), tookMs: z.number() }),
  z.object({ kind: z.literal('failed'), host: z.string(), via: z.string().nullable(), cause: UpstreamCause }),
])
export type NetworkTest = z.infer<typeof NetworkTest>
