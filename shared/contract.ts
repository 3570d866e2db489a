import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import {
  AttemptHistory,
  AttemptsQuery,
  ExportPart,
  ExportQuery,
  FailureHistory,
  FigureHistory,
  JournalStatus,
  JournalSubjects,
  LaneHistory,
  LanesQuery,
  PageQuery,
  RequestCount,
  RequestDetail,
  RequestFilter,
  RequestPage,
  Window,
} from './activity.ts'
import { Balance } from './balance.ts'
import { BinModel, Purge, Purged } from './bin.ts'
import { AnswerEnd, ChatEvent, ChatInput } from './chat.ts'
import {
  Conversation,
  ConversationChange,
  ConversationId,
  ConversationList,
  FoundConversation,
  Preset,
  PresetId,
} from './conversation.ts'
import { maxTitle } from './conversation-limits.ts'
import { nothing, procedure } from './procedure.ts'
import { EffectiveConfigQuery, EffectiveConfigView } from './effective-config.ts'
import {
  EarlierVersionId,
  EarlierVersionView,
  ExportChoice,
  ExportContent,
  ExportPreview,
  FilePath,
  PreviewLine,
  Taken,
  Written,
} from './export.ts'
import { DesktopStatus } from './desktop.ts'
import { CheckId, CheckSource, DslightingCheckView } from './dslighting.ts'
import { ClientEdit, ClientId, ClientView, GatewayPort, GatewayStatus, MintedClient, NewClient } from './gateway.ts'
import { AtMs, HeaderId, KeyId, ModelId, RequestId } from './identity.ts'
import { KeyRaceInput, RaceEvent } from './key-race.ts'
import { LinkedApplied, LinkedChoice, LinkedDifferences, LinkedFileId, LinkedFileView } from './linked-file.ts'
import { KeyChange, KeyEdit, KnownSecret, NewKeys, SecretInput } from './key.ts'
import { OutcomeView } from './outcome.ts'
import { LiveBatch } from './live-event.ts'
import { ModelEdit, ModelPrice, ModelStanding, ModelView, NewModel, Strategy, TrialTarget } from './model.ts'
import { NetworkStatus, NetworkTest, ProxyChange } from './network.ts'
import { notifyKinds } from './notify.ts'
import { LogTail } from './log.ts'
import { Injected, RehearsalReach, RehearsalSend, RehearsalStatus, ScenarioInput } from './rehearsal.ts'
import { RequestView } from './request.ts'
import { Settings, SettingsChange } from './settings.ts'
import { ImportChoice, Imported, ImportPreview, ImportSource, LastImportView } from './transfer.ts'
import { vaultContract } from './vault-contract.ts'

export const AppInfo = z.object({
  host: z.enum(['electron', 'browser']),
  version: z.string(),
  dataFolder: z.string(),
  language: z.enum(['en', 'zh-CN']),
  /** True where closing the page does not end the application. */
  canClearClipboard: z.boolean(),
  /** True where a path can be chosen in a dialog of the system. */
  canChooseFile: z.boolean(),
  /** True where the data folder can be shown in the system's own file manager. */
  canOpenFolder: z.boolean(),
  /** True where main shows notifications; elsewhere the page asks its browser. */
  canNotify: z.boolean(),
})
export type AppInfo = z.infer<typeof AppInfo>

/**
 * Everything the page may ask of the main process. The same table serves Electron's message port and the browser
 * host's WebSocket; nothing crosses that is not named here, and every input is parsed before a service sees it.
 */
export const contract = {
  app: {
    info: procedure.output(AppInfo),
    /** Shows the data folder, which holds the log; false where the system could not. */
    openFolder: procedure.output(z.object({ opened: z.boolean() })),
    /** Ends when the person has clicked the notice, put it aside, or when another of its kind took its place. */
    notify: procedure
      .input(z.object({ kind: z.enum(notifyKinds), title: z.string().max(1_000), text: z.string().max(1_000) }))
      .output(z.object({ clicked: z.boolean() })),
    /** The gateway stops, what is under way is cut off, the vault locks and the clipboard is emptied. */
    panic: procedure.output(nothing),
  },
  desktop: {
    /** Null where there is no desktop around the page. */
    status: procedure.output(DesktopStatus.nullable()),
    launchAtLogin: procedure.input(z.object({ on: z.boolean() })).output(DesktopStatus.nullable()),
  },
  vault: vaultContract,
  models: {
    list: procedure.output(z.array(ModelView)),
    /** Of these models only what serving changes; those that are not there any more are left out. */
    standings: procedure.input(z.object({ ids: z.array(ModelId).min(1).max(1000) })).output(z.array(ModelStanding)),
    /** With its first keys, or not at all. */
    add: procedure.input(NewModel.extend({ keys: NewKeys.default([]) })).output(z.object({ id: ModelId })),
    /** `allowNewHost` answers the question that KEY_TO_OTHER_HOST asks. */
    edit: procedure.input(z.object({ id: ModelId, edit: ModelEdit, allowNewHost: z.boolean() })).output(nothing),
    /** The value of one header of a model: counted and noted as a revealed key is. */
    revealHeader: procedure
      .input(z.object({ modelId: ModelId, id: HeaderId }))
      .output(z.object({ secret: z.string() })),
    remove: procedure.input(z.object({ id: ModelId })).output(nothing),
    /** Brings a model back from the bin. */
    restore: procedure.input(z.object({ id: ModelId })).output(nothing),
    /** Whose turn the next requests would be under a strategy; changes nothing. */
    nextPicks: procedure
      .input(z.object({ id: ModelId, strategy: Strategy, count: z.number().int().min(1).max(50) }))
      .output(z.array(KeyId)),
    /** The price that applies to each model, and where it comes from. */
    prices: procedure.output(z.array(ModelPrice)),
    /** Each field with the source that wins and the ones it beats. */
    effective: procedure.input(EffectiveConfigQuery).output(EffectiveConfigView),
  },
  keys: {
    add: procedure
      .input(z.object({ modelId: ModelId, keys: NewKeys.min(1) }))
      .output(z.object({ ids: z.array(KeyId) })),
    edit: procedure.input(z.object({ modelId: ModelId, id: KeyId, edit: KeyEdit })).output(nothing),
    /** All of the changes or none. */
    editMany: procedure
      .input(
        z.object({
          modelId: ModelId,
          edits: z
            .array(z.object({ id: KeyId, change: KeyChange }))
            .min(1)
            .max(10_000),
        }),
      )
      .output(nothing),
    /** Where secrets that are about to be added are held already; null is a model that is not there yet. */
    known: procedure
      .input(z.object({ modelId: ModelId.nullable(), secrets: z.array(SecretInput).min(1).max(1000) }))
      .output(z.array(KnownSecret)),
    /** One cheap real call with a secret that is not kept; its model need not be there yet. */
    trial: procedure
      .input(z.object({ target: TrialTarget, secret: SecretInput, modelId: ModelId.nullable().default(null) }))
      .output(z.object({ outcome: OutcomeView, durationMs: z.number() })),
    /** What is left on the key's account, where its provider can be asked. */
    balance: procedure.input(z.object({ modelId: ModelId, id: KeyId })).output(Balance),
    /** To another model; those whose secret it holds already stay. `allowNewHost` answers KEY_TO_OTHER_HOST. */
    moveTo: procedure
      .input(z.object({ modelId: ModelId, ids: z.array(KeyId).min(1), toModelId: ModelId, allowNewHost: z.boolean() }))
      .output(z.object({ ids: z.array(KeyId) })),
    /** The order of all of the model's keys. */
    order: procedure.input(z.object({ modelId: ModelId, ids: z.array(KeyId).max(100_000) })).output(nothing),
    move: procedure.input(z.object({ modelId: ModelId, id: KeyId, toIndex: z.number().int().min(0) })).output(nothing),
    setPaused: procedure
      .input(
        z.object({
          modelId: ModelId,
          ids: z.array(KeyId).min(1),
          paused: z.boolean(),
          /** When the pause ends by itself. */
          untilMs: AtMs.optional(),
        }),
      )
      .output(nothing),
    remove: procedure.input(z.object({ modelId: ModelId, ids: z.array(KeyId).min(1) })).output(nothing),
    /** Says which stay in the bin because the model holds their secret by now. */
    restore: procedure
      .input(z.object({ modelId: ModelId, ids: z.array(KeyId).min(1) }))
      .output(z.object({ stayed: z.array(KeyId) })),
    /** At most ten a minute, each noted in the audit list. */
    reveal: procedure.input(z.object({ modelId: ModelId, id: KeyId })).output(z.object({ secret: z.string() })),
    /** A reveal for the clipboard. `secret` is null where main has put it there itself. */
    copy: procedure
      .input(z.object({ modelId: ModelId, id: KeyId }))
      .output(z.object({ secret: z.string().nullable(), clearedAfterMs: z.number().nullable() })),
    /** Puts the secret back that was replaced, while it is kept. */
    restoreSecret: procedure.input(z.object({ modelId: ModelId, id: KeyId })).output(nothing),
    /** One cheap real call with this key; the engine hears of the outcome. */
    test: procedure.input(z.object({ modelId: ModelId, id: KeyId })).output(RequestView),
  },
  bin: {
    list: procedure.output(z.array(BinModel)),
    /** Forgets models and keys that are in the bin, and says which backups still hold them. */
    purge: procedure.input(Purge).output(Purged),
  },
  transfer: {
    preview: procedure.input(ImportSource).output(ImportPreview),
    apply: procedure.input(ImportChoice).output(Imported),
    /** The import that `undoImport` takes back; null when there is none. */
    lastImport: procedure.output(LastImportView.nullable()),
    /** Leaves the models exactly as they were before, or refuses when that would lose what was done since. */
    undoImport: procedure.output(nothing),
  },
  export: {
    /** Reads what is at the path and shows what would be there; writes nothing. `whole` shows the lines that stay too. */
    preview: procedure.input(z.object({ choice: ExportChoice, whole: z.boolean() })).output(ExportPreview),
    /** The lines of a preview with their secrets, noted in the audit list. */
    reveal: procedure.input(z.object({ id: z.string(), whole: z.boolean() })).output(z.array(PreviewLine)),
    /** Writes what a preview showed. FILE_CHANGED when the file is another since. */
    write: procedure.input(z.object({ id: z.string() })).output(Written),
    /** The same through the page, for whoever has no access to this machine's files. */
    take: procedure.input(z.object({ content: ExportContent, how: z.enum(['download', 'copy']) })).output(Taken),
    /** What files held before they were written to, newest first. */
    earlier: procedure.output(z.array(EarlierVersionView)),
    /** An earlier version in the place of what the file holds now; `write` puts it there. */
    previewEarlier: procedure.input(z.object({ id: EarlierVersionId, whole: z.boolean() })).output(ExportPreview),
    /** The desktop's own dialog; null when it was put aside, or there is none. */
    chooseFile: procedure
      .input(z.object({ purpose: z.enum(['open', 'save']) }))
      .output(z.object({ path: z.string().nullable() })),
  },
  dslighting: {
    /** What DSLighting would do with a `.env` today; derived from its source, not run. The file waits in main. */
    check: procedure.input(CheckSource.extend({ fileName: z.string().max(255) })).output(DslightingCheckView),
    /** The same of what an export of the vault's models would be. */
    checkExport: procedure.output(DslightingCheckView),
    /** Makes the change of one trap, by its place in the list. */
    fix: procedure.input(z.object({ id: CheckId, trap: z.number().int().min(0) })).output(DslightingCheckView),
    /** Makes every change that needs no decision. */
    fixAll: procedure.input(z.object({ id: CheckId })).output(DslightingCheckView),
    /** The changed file, for the person who handed it in. */
    text: procedure.input(z.object({ id: CheckId })).output(z.object({ text: z.string(), fileName: z.string() })),
  },
  linked: {
    /** The files that are watched, as they were when they were last looked at; none while the vault is locked. */
    list: procedure.output(z.array(LinkedFileView)),
    /** Looks at every one of them now. */
    check: procedure.output(z.array(LinkedFileView)),
    add: procedure.input(z.object({ path: FilePath })).output(LinkedFileView),
    /** Watches it no more; the file itself stays as it is. */
    remove: procedure.input(z.object({ id: LinkedFileId })).output(nothing),
    /** What the file and the vault differ in, and who changed it since they were the same. */
    differences: procedure.input(z.object({ id: LinkedFileId })).output(LinkedDifferences),
    /** Makes both sides what was chosen. FILE_CHANGED when either is another than was shown. */
    apply: procedure
      .input(
        z.object({
          id: LinkedFileId,
          mark: z.string(),
          choices: z.array(LinkedChoice).min(1).max(100_000),
          allowNewHost: z.boolean(),
        }),
      )
      .output(LinkedApplied),
  },
  playground: {
    /** What an answer that was stopped had come to; null where it never began. */
    ending: procedure.input(z.object({ requestId: RequestId })).output(AnswerEnd.nullable()),
    /** Ends with `done` or `failed`; dropping the iterator aborts the upstream request. */
    chat: procedure.input(ChatInput).output(eventIterator(ChatEvent)),
    /** Ends when every call has been told; dropping the iterator ends those under way. */
    race: procedure.input(KeyRaceInput).output(eventIterator(RaceEvent)),
  },
  conversations: {
    list: procedure.output(ConversationList),
    get: procedure.input(z.object({ id: ConversationId })).output(Conversation),
    /** CONVERSATION_CHANGED when it is no longer the revision that was changed. */
    save: procedure.input(ConversationChange).output(z.object({ revision: z.number().int() })),
    rename: procedure.input(z.object({ id: ConversationId, title: z.string().trim().max(maxTitle) })).output(nothing),
    remove: procedure.input(z.object({ id: ConversationId })).output(nothing),
    /** Brings back one that was just deleted. */
    restore: procedure.input(z.object({ id: ConversationId })).output(nothing),
    search: procedure.input(z.object({ words: z.string().trim().min(1).max(200) })).output(z.array(FoundConversation)),
    presets: procedure.output(z.array(Preset)),
    savePreset: procedure.input(Preset).output(z.array(Preset)),
    removePreset: procedure.input(z.object({ id: PresetId })).output(z.array(Preset)),
  },
  /** Failures that are played on copies of the pools; off after a restart. Each answers with how it stands now. */
  rehearsal: {
    status: procedure.output(RehearsalStatus),
    /** Ends the one before. */
    begin: procedure.input(RehearsalReach.extend({ modelId: ModelId })).output(RehearsalStatus),
    change: procedure.input(RehearsalReach).output(RehearsalStatus),
    /** In the place of what the key met before; a null key is every key of the model. */
    inject: procedure.input(Injected).output(RehearsalStatus),
    clear: procedure.input(z.object({ keyId: KeyId.nullable() })).output(RehearsalStatus),
    /** Ends when the last of the requests has ended; dropping it ends the one under way. */
    send: procedure.input(RehearsalSend).output(nothing),
    play: procedure.input(ScenarioInput).output(RehearsalStatus),
    end: procedure.output(RehearsalStatus),
  },
  activity: {
    recent: procedure.input(z.object({ limit: z.number().int().min(1).max(1000) })).output(z.array(RequestView)),
    requests: procedure.input(PageQuery).output(RequestPage),
    count: procedure.input(z.object({ filter: RequestFilter })).output(RequestCount),
    /** Null when it is not kept, or no longer. */
    request: procedure.input(z.object({ id: RequestId })).output(RequestDetail.nullable()),
    subjects: procedure.output(JournalSubjects),
    figures: procedure.input(Window).output(FigureHistory),
    failures: procedure.input(Window).output(FailureHistory),
    lanes: procedure.input(LanesQuery).output(LaneHistory),
    attempts: procedure.input(AttemptsQuery).output(AttemptHistory),
    exportPart: procedure.input(ExportQuery).output(ExportPart),
    status: procedure.output(JournalStatus),
    /** Deletes every request, attempt and figure that was kept. */
    clear: procedure.output(nothing),
    /** Deletes the prompts and answers that were recorded, and keeps their requests. */
    forgetTexts: procedure.output(nothing),
  },
  events: {
    /** Batches at most ten times a second; `dropped` counts what a slow page missed. */
    live: procedure.output(eventIterator(LiveBatch)),
  },
  log: {
    /** The last lines of the application's own log, oldest first. */
    tail: procedure.input(z.object({ lines: z.number().int().min(1).max(5_000) })).output(LogTail),
  },
  diagnostics: {
    /** What a person may hand to somebody who helps: no secret, name, label, host or path is in it. */
    preview: procedure.output(z.object({ id: z.string(), text: z.string(), fileName: z.string() })),
    /** Writes the text that was previewed to where the person says; null when they put the question aside. */
    save: procedure.input(z.object({ id: z.string() })).output(z.object({ path: z.string().nullable() })),
  },
  simulator: {
    start: procedure.output(z.object({ modelId: ModelId })),
    stop: procedure.output(nothing),
  },
  gateway: {
    status: procedure.output(GatewayStatus),
    /** Switches it on or off, or moves it to another port; the status says how that went. Remembered. */
    switch: procedure.input(z.object({ on: z.boolean(), port: GatewayPort.optional() })).output(GatewayStatus),
    /** In the order in which they were added. */
    clients: procedure.output(z.array(ClientView)),
    /** The one answer that holds the token. */
    addClient: procedure.input(NewClient).output(MintedClient),
    editClient: procedure.input(z.object({ id: ClientId, edit: ClientEdit })).output(ClientView),
    /** A new token in place of the one before, which is refused at once. */
    rotateClient: procedure.input(z.object({ id: ClientId })).output(MintedClient),
    revokeClient: procedure.input(z.object({ id: ClientId })).output(nothing),
  },
  /** How the providers are reached; `set` holds for the next connection. */
  network: {
    status: procedure.output(NetworkStatus),
    set: procedure.input(ProxyChange).output(NetworkStatus),
    test: procedure.output(NetworkTest),
  },
  settings: {
    get: procedure.output(Settings),
    set: procedure.input(SettingsChange).output(Settings),
  },
}
export type Contract = typeof contract
