import * as z from 'zod'

/** Ids are distinct types, so that a key's id can never be passed where its secret or a model's id belongs. */
const id = z.string().min(1).max(64)

export const ModelId = id.brand('ModelId')
export type ModelId = z.infer<typeof ModelId>

export const KeyId = id.brand('KeyId')
export type KeyId = z.infer<typeof KeyId>

/** One of the headers that a model's provider wants beside the key. */
export const HeaderId = id.brand('HeaderId')
export type HeaderId = z.infer<typeof HeaderId>

export const RequestId = id.brand('RequestId')
export type RequestId = z.infer<typeof RequestId>

/** Wall-clock time in milliseconds since the epoch. */
export const AtMs = z.number()
