import type { Purge, Purged } from '../../shared/bin.ts'
import type { Balance } from '../../shared/balance.ts'
import type { HeaderId, KeyId, ModelId } from '../../shared/identity.ts'
import type { ModelPrice, ModelStanding, ModelView, Strategy } from '../../shared/model.ts'
import type { RequestView } from '../../shared/request.ts'
import type { Models } from '../models/models.ts'
import type { KeyTrials } from '../gateway/key-trials.ts'
import type { EffectiveConfig } from '../transfer/effective-config.ts'
import type { Implementer } from './implementer.ts'

export interface ModelServices {
  models: Models
  modelViews: () => ModelView[]
  standings: (ids: readonly ModelId[]) => ModelStanding[]
  prices: () => Promise<ModelPrice[]>
  nextPicks: (id: ModelId, strategy: Strategy, count: number) => KeyId[]
  trials: KeyTrials
  balance: (modelId: ModelId, keyId: KeyId) => Promise<Balance>
  testKey: (modelId: ModelId, keyId: KeyId) => Promise<RequestView>
  reveals: {
    reveal: (modelId: ModelId, keyId: KeyId) => Promise<{ secret: string }>
    revealHeader: (modelId: ModelId, headerId: HeaderId) => Promise<{ secret: string }>
    copy: (modelId: ModelId, keyId: KeyId) => Promise<{ secret: string | null; clearedAfterMs: number | null }>
  }
  purge: (wanted: Purge) => Promise<Purged>
  effectiveConfig: EffectiveConfig
}

export function modelProcedures(os: Implementer, services: ModelServices) {
  const { models, modelViews, standings, prices, nextPicks, trials, balance, testKey, reveals } = services
  const { purge, effectiveConfig } = services
  return {
    models: {
      list: os.models.list.handler(() => modelViews()),
      standings: os.models.standings.handler(({ input }) => standings(input.ids)),
      add: os.models.add.handler(async ({ input }) => ({ id: await models.add(input, input.keys) })),
      edit: os.models.edit.handler(({ input }) => models.edit(input.id, input.edit, input.allowNewHost)),
      revealHeader: os.models.revealHeader.handler(({ input }) => reveals.revealHeader(input.modelId, input.id)),
      remove: os.models.remove.handler(({ input }) => models.remove(input.id)),
      restore: os.models.restore.handler(({ input }) => models.restore(input.id)),
      nextPicks: os.models.nextPicks.handler(({ input }) => nextPicks(input.id, input.strategy, input.count)),
      prices: os.models.prices.handler(() => prices()),
      effective: os.models.effective.handler(({ input }) => effectiveConfig(input)),
    },
    keys: {
      add: os.keys.add.handler(async ({ input }) => ({ ids: await models.addKeys(input.modelId, input.keys) })),
      edit: os.keys.edit.handler(({ input }) => models.editKey(input.modelId, input.id, input.edit)),
      editMany: os.keys.editMany.handler(({ input }) => models.editKeys(input.modelId, input.edits)),
      known: os.keys.known.handler(({ input }) => models.known(input.modelId, input.secrets)),
      trial: os.keys.trial.handler(({ input, signal }) => trials(input.target, input.secret, signal, input.modelId)),
      balance: os.keys.balance.handler(({ input }) => balance(input.modelId, input.id)),
      moveTo: os.keys.moveTo.handler(async ({ input: { modelId, ids, toModelId, allowNewHost } }) => ({
        ids: await models.moveKeysTo(modelId, ids, toModelId, allowNewHost),
      })),
      order: os.keys.order.handler(({ input }) => models.orderKeys(input.modelId, input.ids)),
      move: os.keys.move.handler(({ input }) => models.moveKey(input.modelId, input.id, input.toIndex)),
      setPaused: os.keys.setPaused.handler(({ input }) =>
        models.setPaused(input.modelId, input.ids, input.paused, input.untilMs),
      ),
      remove: os.keys.remove.handler(({ input }) => models.removeKeys(input.modelId, input.ids)),
      restore: os.keys.restore.handler(async ({ input }) => ({
        stayed: await models.restoreKeys(input.modelId, input.ids),
      })),
      reveal: os.keys.reveal.handler(({ input }) => reveals.reveal(input.modelId, input.id)),
      copy: os.keys.copy.handler(({ input }) => reveals.copy(input.modelId, input.id)),
      restoreSecret: os.keys.restoreSecret.handler(({ input }) => models.restoreSecret(input.modelId, input.id)),
      test: os.keys.test.handler(({ input }) => testKey(input.modelId, input.id)),
    },
    bin: {
      list: os.bin.list.handler(() => models.bin()),
      purge: os.bin.purge.handler(({ input }) => purge(input)),
    },
  }
}
