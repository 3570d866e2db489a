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
  /** Takes a listing of the models; it tells how things are, and is no news. */
  know: (models: readonly ModelView[]) => void
  take: (events: readonly LiveEvent[]) => void
}

const leastPauseMs = 60_000
/** States in which a key may serve, or serves again within moments. */
const serving: readonly KeyStateKind[] = ['ready', 'probing', 'at-limit']

interface KnownModel {
  name: string
  keys: Map<string, { label: string; kind: KeyStateKind }>
}

export function createKeyNotices({ isOn, show, nowMs }: KeyNoticesDeps): KeyNotices {
  const models = new Map<string, KnownModel>()
  const shownAtMs = new Map<NotifyKind, number>()

  const tell = (notice: KeyNotice) => {
    const lastMs = shownAtMs.get(notice.kind) ?? -Infinity
    if (!isOn(notice.kind) || nowMs() - lastMs < leastPauseMs) return
    shownAtMs.set(notice.kind, nowMs())
    show(notice)
  }

  const isOut = ({ keys }: KnownModel) =>
    keys.size > 0 && ![...keys.values()].some(({ kind }) => serving.includes(kind))

  const change = ({ modelId, keyId, state }: Extract<LiveEvent, { kind: 'key-state' }>) => {
    const model = models.get(modelId)
    const key = model?.keys.get(keyId)
    if (!model || !key || key.kind === state.kind) return
    const wasOut = isOut(model)
    key.kind = state.kind
    const about = { modelId, modelName: model.name, keyLabel: key.label }
    if (state.kind === 'rejected' || state.kind === 'exhausted') tell({ kind: state.kind, ...about })
    if (!wasOut && isOut(model)) tell({ kind: 'all-out', ...about, keyLabel: '' })
    if (wasOut && state.kind === 'ready') tell({ kind: 'back', ...about })
  }

  return {
    know(listed) {
      models.clear()
      for (const { id, name, keys } of listed) {
        const known = keys.map((key) => [key.id, { label: key.label, kind: key.state.kind }] as const)
        models.set(id, { name, keys: new Map(known) })
      }
    },
    take(events) {
      for (const event of events) if (event.kind === 'key-state') change(event)
    },
  }
}
