import * as z from 'zod'
import { AtMs, ModelId } from './identity.ts'

export const defaultGatewayPort = 4141
/** Ports under 1024 need rights that this application never asks for. */
export const GatewayPort = z.number().int().min(1024, 'port_range').max(65_535, 'port_range')

export const ClientId = z.string().brand<'ClientId'>()
export type ClientId = z.infer<typeof ClientId>

export const ClientName = z
  .string()
  .trim()
  .min(1, 'client_name_empty')
  .max(80, 'client_name_too_long')
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000-\u001f\u007f]+$/, 'client_name_characters')

/** What a client may do. Null sets no limit. */
export const ClientLimits = z.object({
  allowedModels: z.array(ModelId).max(1000).nullable(),
  requestsPerMinute: z.number().int().min(1).max(1_000_000).nullable(),
  /** Prompt and completion tokens together, from local midnight to local midnight. */
  tokensPerDay: z.number().int().min(1).max(1_000_000_000_000).nullable(),
})
export type ClientLimits = z.infer<typeof ClientLimits>

export const NewClient = ClientLimits.extend({ name: ClientName })
export type NewClient = z.infer<typeof NewClient>

export const ClientEdit = NewClient.partial()
export type ClientEdit = z.infer<typeof ClientEdit>

/** A program that uses the gateway. Its token is given out once and kept only as a SHA-256 digest. */
export const ClientView = NewClient.extend({
  id: ClientId,
  tokenLastFour: z.string().max(4),
  createdAtMs: AtMs,
  /** The file whose entries carry this client's token, when an export minted it. */
  forFile: z.string().nullable(),
  /** Since the application started. */
  lastSeenAtMs: AtMs.nullable(),
  requests: z.number().int(),
  inFlight: z.number().int(),
  tokensToday: z.number().int(),
})
export type ClientView = z.infer<typeof ClientView>

/** The token is in this answer and nowhere else. */
export const MintedClient = z.object({ client: ClientView, token: z.string() })
export type MintedClient = z.infer<typeof MintedClient>

export const GatewayState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('starting') }),
  /** `hasIpv6` is false where the machine has no IPv6 loopback. */
  z.object({ kind: z.literal('on'), hasIpv6: z.boolean() }),
  /** Another program holds the port on this address, so a client could be talking to it instead. */
  z.object({ kind: z.literal('port-taken'), address: z.enum(['127.0.0.1', '::1']), holder: z.string().nullable() }),
  z.object({ kind: z.literal('failed'), code: z.string() }),
])
export type GatewayState = z.infer<typeof GatewayState>

export const GatewayStatus = z.object({
  state: GatewayState,
  port: GatewayPort,
  /** `http://127.0.0.1:PORT/v1`, what a client is given as its base URL. */
  baseUrl: z.string(),
  /** Answers under way, over all clients. */
  inFlight: z.number().int(),
  clients: z.number().int(),
})
export type GatewayStatus = z.infer<typeof GatewayStatus>
