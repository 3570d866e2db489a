import { eventIterator, oc } from '@orpc/contract'
import * as z from 'zod'
import { ChatEvent, ChatInput } from './chat.ts'
import { failureData, type FailureCode } from './failure.ts'
import { KeyId, ModelId } from './identity.ts'
import { KeyEdit, NewKey } from './key.ts'
import { LiveBatch } from './live-event.ts'
import { ModelEdit, ModelView, NewModel } from './model.ts'
import { RequestView } from './request.ts'
import { Settings, SettingsChange } from './settings.ts'
import { ImportPreview, ImportSource } from './transfer.ts'
import { NewVault, VaultStatus } from './vault.ts'

/**
 * Everything the page may ask of the main process. The same table serves Electron's message port and the browser
 * host's WebSocket; nothing crosses that is not named here, and every input is parsed before a service sees it.
 */
const errors = Object.fromEntries(Object.entries(failureData).map(([code, data]) => [code, { data }])) as {
  [C in FailureCode]: { data: (typeof failureData)[C] }
}
const procedure = oc.errors(errors)
const nothing = z.void()

export const AppInfo = z.object({
  host: z.enum(['electron', 'browser']),
  version: z.string(),
  dataFolder: z.string(),
  language: z.enum(['en', 'zh-CN']),
  /** True where closing the page does not end the application. */
  canClearClipboard: z.boolean(),
})
export type AppInfo = z.infer<typeof AppInfo>

export const contract = {
  app: {
    info: procedure.output(AppInfo),
  },
  vault: {
    status: procedure.output(VaultStatus),
    create: procedure.input(NewVault).output(VaultStatus),
    unlock: procedure.input(z.object({ passphrase: z.string().max(1024) })).output(VaultStatus),
    lock: procedure.output(VaultStatus),
  },
  models: {
    list: procedure.output(z.array(ModelView)),
    add: procedure.input(NewModel).output(z.object({ id: ModelId })),
    /** `allowNewHost` answers the question that KEY_TO_OTHER_HOST asks. */
    edit: procedure.input(z.object({ id: ModelId, edit: ModelEdit, allowNewHost: z.boolean() })).output(nothing),
    remove: procedure.input(z.object({ id: ModelId })).output(nothing),
    /** Undoes a removal while this process runs and the bin has not been emptied. */
    restore: procedure.input(z.object({ id: ModelId })).output(nothing),
  },
  keys: {
    add: procedure
      .input(z.object({ modelId: ModelId, keys: z.array(NewKey).min(1).max(1000) }))
      .output(z.object({ ids: z.array(KeyId) })),
    edit: procedure.input(z.object({ modelId: ModelId, id: KeyId, edit: KeyEdit })).output(nothing),
    move: procedure.input(z.object({ modelId: ModelId, id: KeyId, toIndex: z.number().int().min(0) })).output(nothing),
    setPaused: procedure
      .input(z.object({ modelId: ModelId, ids: z.array(KeyId).min(1), paused: z.boolean() }))
      .output(nothing),
    remove: procedure.input(z.object({ modelId: ModelId, ids: z.array(KeyId).min(1) })).output(nothing),
    restore: procedure.input(z.object({ modelId: ModelId, ids: z.array(KeyId).min(1) })).output(nothing),
    /** One cheap real call with this key; the engine hears of the outcome. */
    test: procedure.input(z.object({ modelId: ModelId, id: KeyId })).output(RequestView),
  },
  transfer: {
    preview: procedure.input(ImportSource).output(ImportPreview),
    apply: procedure
      .input(z.object({ id: z.string(), models: z.array(z.string()), allowNewHost: z.boolean() }))
      .output(z.object({ models: z.number().int(), keys: z.number().int() })),
  },
  playground: {
    /** Ends with `done` or `failed`; dropping the iterator aborts the upstream request. */
    chat: procedure.input(ChatInput).output(eventIterator(ChatEvent)),
  },
  activity: {
    recent: procedure.input(z.object({ limit: z.number().int().min(1).max(1000) })).output(z.array(RequestView)),
  },
  events: {
    /** Batches at most ten times a second; `dropped` counts what a slow page missed. */
    live: procedure.output(eventIterator(LiveBatch)),
  },
  simulator: {
    start: procedure.output(z.object({ modelId: ModelId })),
    stop: procedure.output(nothing),
  },
  settings: {
    get: procedure.output(Settings),
    set: procedure.input(SettingsChange).output(Settings),
  },
}
export type Contract = typeof contract
