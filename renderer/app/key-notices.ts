/** Which changes of keys are worth a notification: each kind at most once a minute, and none that is switched off. */
import type { KeyStateKind } from '../../shared/key.ts'
import type { LiveEvent } from '../../shared/live-event.ts'
import type { ModelView } from '../../shared/model.ts'
import type { NotifyKind } from '../../shared/notify.ts'

export interface KeyNotice {
  kind: NotifyKind
  modelId: string
  modelName: string
  /** Empty where it is about the model. */
  keyLabel: string
}

export interface KeyNoticesDeps {
  isOn: (kind: NotifyKind) => boolean
  show: (notice: KeyNotice) => void
  nowMs: () => number
}

export interface KeyNotices {
  /**
   * Takes a listing of the models; it tells how things are, and is no news. Of a key that is known already it tells
   * nothing more than its name: the listing may be ahead of the event that is the news.
   */
  know: (models: readonly ModelView[]) => void
  /** Events may have been missed: the next listing tells how things are. */
  forget: () => void
  take: (events: readonly LiveEvent[]) => void
}

const leastPauseMs = 60_000
/** A key leaves the rotation, and it is not time alone that brings it back. */
const leaving = ['rejected', 'exhausted', 'expired'] as const satisfies readonly (KeyStateKind & NotifyKind)[]
/** States in which a key may serve, or serves again within moments. */
const serving: readonly KeyStateKind[] = ['ready', 'probing', 'at-limit']

interface KnownModel {
  name: string
  /** None of its keys could serve, and none has served again since. */
  isOut: boolean
  keys: Map<string, KnownKey>
}

interface KnownKey {
  label: string
  kind: KeyStateKind
  /** What it was before it was tried: a trial that ends as it began is no news. */
  settled: KeyStateKind
}

const noneServes = (keys: KnownModel['keys']): boolean =>
  keys.size > 0 && ![...keys.values()].some(({ kind }) => serving.includes(kind))

export function createKeyNotices({ isOn, show, nowMs }: KeyNoticesDeps): KeyNotices {
  let models = new Map<string, KnownModel>()
  const shownAtMs = new Map<NotifyKind, number>()

  const tell = (notice: KeyNotice) => {
    const lastMs = shownAtMs.get(notice.kind) ?? -Infinity
    if (!isOn(notice.kind) || nowMs() - lastMs < leastPauseMs) return
    shownAtMs.set(notice.kind, nowMs())
    show(notice)
  }

  const change = ({ modelId, keyId, state }: Extract<LiveEvent, { kind: 'key-state' }>) => {
    const model = models.get(modelId)
    const key = model?.keys.get(keyId)
    if (!model || !key || key.kind === state.kind) return
    const isNews = state.kind !== key.settled
    key.kind = state.kind
    if (state.kind !== 'probing') key.settled = state.kind
    const about = { modelId, modelName: model.name, keyLabel: key.label }
    const left = leaving.find((kind) => kind === state.kind)
    if (isNews && left !== undefined) tell({ kind: left, ...about })
    if (!model.isOut && noneServes(model.keys)) {
      model.isOut = true
      tell({ kind: 'all-out', ...about, keyLabel: '' })
    } else if (model.isOut && state.kind === 'ready') {
      model.isOut = false
      tell({ kind: 'back', ...about })
    }
  }

  const known = ({ id, name, keys }: ModelView): KnownModel => {
    const before = models.get(id)
    const list = keys.map((key): [string, KnownKey] => {
      const { kind } = key.state
      return [key.id, { kind, settled: kind, ...before?.keys.get(key.id), label: key.label }]
    })
    return { name, keys: new Map(list), isOut: before?.isOut ?? noneServes(new Map(list)) }
  }

  return {
    know: (listed) => void (models = new Map(listed.map((model) => [model.id, known(model)]))),
    forget: () => models.clear(),
    take(events) {
      for (const event of events) if (event.kind === 'key-state') change(event)
    },
  }
}
