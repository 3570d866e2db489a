import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Failure } from '../shared/failure.ts'
import { KeyId, type ModelId } from '../shared/identity.ts'
import { isPlaceholderSecret, upstreamModelId } from './dotenv/index.ts'
import { openConversations } from './conversations/open-conversations.ts'
import { openVault, replaceableFile } from './app-files.ts'
import { openDesktop } from './desktop/open-desktop.ts'
import { createDiagnostics, diagnosticLogLines } from './diagnostics/diagnostics.ts'
import { platformFacts } from './diagnostics/platform.ts'
import { createBus } from './events/bus.ts'
import { liveBatches } from './events/live-batches.ts'
import { createGateway } from './gateway/gateway.ts'
import { newRequestId } from './gateway/request-id.ts'
import { tellTexts } from './gateway/told-texts.ts'
import { openGatewayHttp } from './gateway/http/gateway-http.ts'
import { testKey } from './gateway/key-test.ts'
import { openVaultSecrets } from './gateway/vault-secrets.ts'
import { createEnginePools } from './gateway/engine-pools.ts'
import { isGatewayAddress } from './gateway/own-address.ts'
import type { Pools } from './gateway/pools.ts'
import { keepMemory } from './gateway/rotation-keeper.ts'
import { openRotationMemory } from './gateway/rotation-memory.ts'
import { servedModel, type ServedModel } from './gateway/served-model.ts'
import { keepServedModels } from './gateway/served-models.ts'
import { appInfo } from './host/app-info.ts'
import type { Host } from './host/host.ts'
import { createJournal } from './journal/journal.ts'
import { createWorkerLink } from './journal/worker-link.ts'
import { createBalances } from './gateway/key-balance.ts'
import { createKeyTrials } from './gateway/key-trials.ts'
import { createKeptSecrets } from './models/kept-secrets.ts'
import { createKeyLatency } from './models/key-latency.ts'
import { openLog } from './log/open-log.ts'
import { createDemo } from './models/demo.ts'
import { createMemorySafe } from './models/memory-safe.ts'
import { modelPrices, priceSource } from './models/model-prices.ts'
import { modelStandings, modelViews } from './models/model-views.ts'
import { createReplacedSecrets } from './models/replaced-secrets.ts'
import { createModels, type ListedModel } from './models/models.ts'
import type { StoredModel } from './models/stored-model.ts'
import { createVaultSafe } from './models/vault-safe.ts'
import { createAnswerCost } from './playground/answer-cost.ts'
import { createRouter, type AppRouter } from './procedures/router.ts'
import { openNetwork } from './network/open-network.ts'
import type { Clock } from './rotation/clock.ts'
import { withCheapAlarms } from './rotation/cheap-alarms.ts'
import { systemClock } from './rotation/system-clock.ts'
import { openPlayground } from './rehearsal/open-playground.ts'
import { createSettings, thenFollowed } from './settings/settings.ts'
import { createSimulator, type SimulatorDeps } from './simulator/simulator.ts'
import { openTransfer } from './transfer/open-transfer.ts'
import { createDslightingChecks } from './transfer/dslighting-checks.ts'
import { createEffectiveConfig } from './transfer/effective-config.ts'
import { createFileGateway } from './transfer/file-gateway.ts'
import { exportedModels } from './transfer/exported-models.ts'
import { createImports } from './transfer/imports.ts'
import { readFile } from './transfer/read-file.ts'
import { guardModels } from './vault-access/guarded-models.ts'
import { purge } from './vault-access/purge.ts'
import { createReveals } from './vault-access/reveals.ts'
import { createVaultAccess } from './vault-access/vault-access.ts'
import { scryptKey, type DeriveKey } from './vault/passphrase.ts'
import packageJson from '../package.json' with { type: 'json' }

export interface App {
  router: AppRouter
  /** Takes down in the log what nobody expected; of an error of somebody else's only its code. */
  reportBug: (error: unknown) => void
  /** Ends what runs and lets go of every file and socket. */
  close(): Promise<void>
}

/** Effects that a test replaces; everything else it does for real. */
export interface AppEffects {
  clock: Clock
  random: () => number
  /** Hears of bugs; gets no secret, because errors of ours carry none and foreign messages are not read. */
  reportBug: (error: unknown) => void
  /** Makes a key of a passphrase; slow on purpose. */
  deriveKey: DeriveKey
  /** How fast the simulator speaks and how often it fails. */
  simulatorPace: NonNullable<SimulatorDeps['pace']>
  /** Where a proxy of the system is looked for, once. */
  environment: Readonly<Record<string, string | undefined>>
}

const realEffects: AppEffects = {
  clock: systemClock,
  random: Math.random,
  reportBug: () => {},
  deriveKey: scryptKey,
  simulatorPace: {},
  environment: process.env,
}

/** Builds the services and connects them. It knows neither Electron nor HTTP. */
export async function createApp(host: Host, effects: Partial<AppEffects> = {}): Promise<App> {
  const { clock, random, deriveKey, simulatorPace, environment, ...rest } = { ...realEffects, ...effects }
  const settings = createSettings(host.settings)
  const log = openLog({ folder: host.dataFolder, clock, level: settings.get().logLevel })
  log.log('info', 'started', { version: packageJson.version, host: host.kind })
  const reportBug = (error: unknown) => {
    log.bug(error)
    rest.reportBug(error)
  }
  const bus = createBus({ wallMs: clock.wallMs, onListenerError: reportBug })
  const vault = await openVault(host, { clock, deriveKey, bus })
  const simulator = createSimulator({ clock, random, randomBytes, pace: simulatorPace })
  const requestClock = withCheapAlarms(clock)
  const { upstream, network } = openNetwork({
    settings: { get: settings.get, set: (change) => followed.set(change) },
    vault,
    environment,
    clock,
    upstream: {
      clock: requestClock,
      resolveHost: simulator.resolveHost,
      userAgent: `keywheel/${packageJson.version}`,
    },
    gate: () => vaultAccess.gate(),
    gatewayPort: () => gatewayHttp.switch.status().port,
    models: () => models.list(),
  })
  const memory = await openRotationMemory(replaceableFile(host, clock, 'rotation.json'))
  const latency = createKeyLatency()
  const pools = createEnginePools({
    clock: requestClock,
    random,
    bus,
    memory,
    p50Of: (modelId, keyId) => latency.p50Of(modelId, keyId),
  })
  bus.subscribe((event) => latency.record(event), ['attempt-ended'])
  const keeper = keepMemory({ clock, bus, pools, memory, reportBug })

  const demoSafe = createMemorySafe()
  const models = createModels({
    safes: [createVaultSafe(vault), demoSafe],
    newId: randomUUID,
    wallMs: clock.wallMs,
    onChange: syncPools,
    isOwnHost: (host) => isGatewayAddress(host, gatewayHttp.switch.status().port),
  })
  function syncPools() {
    pools.sync(models.list())
    log.know(models.list().map(({ model }) => model))
    bus.publish({ kind: 'models-changed' })
  }

  const priceOf = (modelId: ModelId) => priceSource(models.find(modelId), upstreamModelOf)
  const journal = createJournal({
    clock,
    worker: createWorkerLink(join(host.dataFolder, 'journal.db')),
    retention: () => {
      const { journalDays: days, journalAttempts: attempts } = settings.get()
      return { days, attempts }
    },
    priceOf,
    secretsIn: createKeptSecrets(vault),
    keyLabelOf: (modelId, keyId) => models.find(modelId)?.keys.find(({ id }) => id === keyId)?.label ?? null,
    onChange: () => bus.publish({ kind: 'journal-changed' }),
  })
  const replaced = createReplacedSecrets({ models, reportBug })
  bus.subscribe((event) => journal.record(event))
  bus.subscribe((event) => log.record(event))
  bus.subscribe((event) => replaced.record(event), ['attempt-started', 'attempt-ended'])

  const vaultAccess = createVaultAccess({
    vault,
    protectors: host.protectors,
    clock,
    settings: settings.get,
    interfaceMemory: {
      wasLocked: () => host.settings.get('interfaceLocked') === true,
      remember: (isLocked) => host.settings.set('interfaceLocked', isLocked),
    },
    aroundRestore: (restore) => gatewayHttp.clients.keptThrough(restore),
    onContents: syncPools,
    onNewFingerprints: () => pools.rename(models.list()),
    onChange: () => bus.publish({ kind: 'vault-changed' }),
    reportBug,
  })
  host.onAway?.(() => vaultAccess.away())
  const reveals = createReveals({
    models,
    gate: vaultAccess.gate,
    audit: (entry) => vault.audit(entry),
    clock,
    clipboard: host.clipboard,
    reportBug,
  })
  const guarded = guardModels(models, vaultAccess.gate)

  const demo = createDemo({
    source: { model: simulator.demoModel, listen: async () => void (await simulator.listen()) },
    safe: demoSafe,
    models,
    remember: (isOn) => void settings.set({ simulator: isOn }),
    onChange: syncPools,
  })
  const gatewayDeps = {
    models: keepServedModels({
      listed: models.list,
      poolRevision: () => pools.revision(),
      build: (listed) => served(listed, pools),
    }),
    ...openVaultSecrets({ models, clock, bus }),
    isLocked: () => vault.status().state === 'locked',
    upstream,
    publish: bus.publish,
    clock,
  }
  const gateway = tellTexts(createGateway(gatewayDeps), journal.keepTexts, settings.get().journalTexts)
  const playground = openPlayground({
    ...gatewayDeps,
    gateway,
    pools,
    bus,
    record: journal.record,
    tell: (step, about) => log.log('info', step, about),
    modelName: (id) => models.find(id)?.name,
    costOf: createAnswerCost({ sourceOf: priceOf, journal, wallMs: clock.wallMs }),
    newRequestId,
    reportBug,
  })
  const gatewayHttp = await openGatewayHttp({
    gateway: playground.gateway,
    vault,
    settings,
    forThisRun: host.gateway,
    gate: vaultAccess.gate,
    bus,
    clock,
    ledgerFile: replaceableFile(host, clock, 'gateway-day.json'),
    keyStates: () =>
      models.list().flatMap(({ model }) => [...pools.standing(model.id).keys.values()].map(({ state }) => state.kind)),
    reportBug,
  })
  const transfer = openTransfer({
    dataFolder: host.dataFolder,
    homeFolder: host.homeFolder,
    clipboard: host.clipboard,
    vault,
    models: guarded,
    clients: gatewayHttp.clients,
    gatewayBaseUrl: () => gatewayHttp.switch.status().baseUrl,
    gate: vaultAccess.gate,
    clock,
    bus,
    reportBug,
  })
  const talk = openConversations({ dataFolder: host.dataFolder, vault, gate: vaultAccess.gate, clock, bus })
  const closing = new AbortController()

  const dslightingChecks = createDslightingChecks({
    newId: randomUUID,
    exported: () => exportedModels(models),
    gateway: createFileGateway({
      modelNamed: (name) => gatewayDeps.models().byName(name),
      clients: gatewayHttp.clients,
      baseUrl: () => gatewayHttp.switch.status().baseUrl,
    }),
  })

  const imports = createImports({
    read: readFile,
    models: guarded,
    isPlaceholder: isPlaceholderSecret,
    newId: randomUUID,
  })
  bus.subscribe(() => {
    if (vault.status().state !== 'locked') return
    for (const { forget } of [imports, transfer.exports, dslightingChecks]) forget()
  }, ['vault-changed'])

  const views = () => modelViews(models.list(), ({ id }) => pools.standing(id), upstreamModelOf)
  const followed = thenFollowed(settings, (changed) => {
    log.setLevel(changed.logLevel)
    gateway.wantTexts(changed.journalTexts)
    vaultAccess.settingsChanged()
    bus.publish({ kind: 'settings-changed' })
  })
  const desktop = openDesktop({
    desktop: host.desktop,
    clipboard: host.clipboard,
    systemLanguage: appInfo(host, packageJson.version).language,
    settings: followed,
    vaultAccess,
    gatewayHttp,
    playground,
    modelViews: views,
    bus,
    clock,
    reportBug,
  })
  const diagnostics = createDiagnostics({
    newId: randomUUID,
    choosePath: async () => (await host.chooseFile?.('replace')) ?? null,
    facts: async () => ({
      atMs: clock.wallMs(),
      version: packageJson.version,
      host: host.kind,
      platform: platformFacts(),
      settings: settings.get(),
      vault: vaultAccess.status(),
      models: views(),
      gateway: gatewayHttp.switch.status(),
      journal: await journal.status(),
      log: (await log.tail(diagnosticLogLines)).lines,
    }),
  })

  const router = createRouter(
    {
      info: () => appInfo(host, packageJson.version),
      openFolder: async () => (await host.openFolder?.(host.dataFolder)) ?? false,
      notify: async (notice) => (await host.notify?.(notice)) ?? false,
      settings: followed,
      desktop,
      demo,
      vaultAccess,
      models: guarded,
      reveals,
      purge: (wanted) => purge({ models: guarded, vault, network }, wanted),
      modelViews: views,
      standings: (ids) => modelStandings(ids, models.list(), ({ id }) => pools.standing(id)),
      prices: () => modelPrices({ list: models.list, upstreamModelOf, journal, wallMs: clock.wallMs }),
      nextPicks: (id, strategy, count) => pools.nextPicks(id, strategy, count).map((keyId) => KeyId.parse(keyId)),
      trials: createKeyTrials({ ...gatewayDeps, closing: closing.signal }),
      balance: createBalances({ ...gatewayDeps, keys: models, closing: closing.signal }),
      async testKey(modelId, keyId) {
        const model = gatewayDeps.models().byId(modelId)
        if (!model) throw new Failure('MODEL_NOT_FOUND', {})
        const id = newRequestId()
        await testKey(gatewayDeps, model, keyId, id, closing.signal)
        return journal.find(id) ?? Promise.reject(new Error('a request that was published is not recorded'))
      },
      exports: transfer.exports,
      linkedFiles: transfer.linkedFiles,
      chooseFile: async (purpose) => (await host.chooseFile?.(purpose)) ?? null,
      imports,
      dslightingChecks,
      effectiveConfig: createEffectiveConfig({ models, variablesOf: dslightingChecks.variablesOf }),
      chat: playground.chat,
      race: playground.race,
      ending: playground.ending,
      rehearsal: playground.rehearsal,
      ...talk,
      gatewayHttp,
      network,
      journal,
      appLog: log,
      diagnostics,
      wallMs: clock.wallMs,
      live: (signal) => liveBatches({ bus, schedule: clock.schedule }, signal),
    },
    reportBug,
  )

  await vaultAccess.openByItself().catch(reportBug)
  syncPools()
  if (settings.get().simulator) await demo.start()
  await gatewayHttp.switch.start()
  desktop.start()

  return {
    router,
    reportBug,
    async close() {
      desktop.close()
      await gatewayHttp.close()
      closing.abort()
      vaultAccess.close()
      await reveals.close().catch(reportBug)
      await transfer.close().catch(reportBug)
      await playground.close()
      await talk.close()
      await keeper.close()
      await Promise.all([upstream.close(), simulator.close()])
      await vault.lock()
      await journal.close()
      log.log('info', 'ended')
      await log.close()
    },
  }
}

const upstreamModelOf = ({ name, provider }: StoredModel) => upstreamModelId(name, provider)

function served(listed: readonly ListedModel[], pools: Pools): ServedModel[] {
  return listed.flatMap(({ model }) => {
    const pool = pools.of(model.id)
    return pool ? [servedModel(model, pool, upstreamModelOf)] : []
  })
}
