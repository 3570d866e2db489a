/**
 * Where the lanes read a window from: the attempts that the page holds, and for the time before them the journal, as
 * single attempts where they are few and as counts where they are many. Asked once a window, and again when it changed.
 */
import type { LaneHistory } from '../../../shared/activity.ts'
import type { ModelId } from '../../../shared/identity.ts'
import type { RequestView } from '../../../shared/request.ts'
import type { AttemptRing } from '../../app/live/attempt-ring.ts'
import type { LiveHistory } from '../../app/live/history.ts'
import { columnsIn, type LanePast } from './lane-cells.ts'
import type { TimeScale } from './lane-scale.ts'

export interface LanePastDeps {
  history: LiveHistory
  attempts: (query: Span & { limit: number }) => Promise<{ requests: RequestView[]; cut: boolean }>
  lanes: (query: Span & { buckets: number }) => Promise<LaneHistory>
  /** Runs a task a little later, and not when it is called again before. */
  wait: (task: () => void) => void
}

interface Span {
  modelId: ModelId
  fromMs: number
  toMs: number
}

export interface LaneSource {
  ring: AttemptRing
  past: LanePast | null
}

export interface LaneWindow {
  modelId: ModelId
  scale: TimeScale
  isLive: boolean
}

/** More requests than this are shown as counts: they could not be told apart. */
const mostRequests = 2_000

interface Loaded {
  name: string
  ring: AttemptRing | null
  past: LanePast | null
}

export interface LanePastReader {
  /** What to draw now; what is missing is asked for. */
  sourceOf: (window: LaneWindow) => LaneSource
  /** Asks again: what was told has been overtaken by what the page let go of. */
  again: () => void
}

export function createLanePast({ history, attempts, lanes, wait }: LanePastDeps): LanePastReader {
  let loaded: Loaded | null = null
  let asked = ''

  const held = (): LaneSource => ({ ring: history.attempts, past: null })

  async function load(name: string, { modelId, scale }: LaneWindow): Promise<void> {
    const heldFromMs = history.heldFromMs(modelId)
    const toMs = Math.min(scale.toMs, heldFromMs)
    const span = { modelId, fromMs: Math.floor(scale.fromMs), toMs: Math.ceil(toMs) }
    const buckets = columnsIn(scale.widthPx)
    const [single, counted] = await Promise.all([
      attempts({ ...span, limit: mostRequests }),
      lanes({ ...span, toMs: Math.ceil(scale.toMs), buckets }),
    ])
    for (const { keyId, states } of counted.keys) history.rememberStates(modelId, keyId, states)
    if (asked !== name) return
    const joins = scale.toMs >= heldFromMs
    if (!single.cut && joins && history.prepend(modelId, single.requests, span.fromMs)) again()
    else if (!single.cut && !joins) loaded = { name, ring: history.ringOf(single.requests), past: null }
    else loaded = { name, ring: null, past: pastOf(history, modelId, counted, toMs) }
  }

  function again(): void {
    asked = ''
    loaded = null
  }

  function ask(name: string, window: LaneWindow): void {
    asked = name
    wait(() => {
      if (asked !== name) return
      // Without a journal there is nothing from before; what the page holds is still drawn.
      load(name, window).catch(() => (loaded = { name, ...nothingMore }))
    })
  }

  return {
    sourceOf(window) {
      const { modelId, scale, isLive } = window
      if (scale.fromMs >= history.heldFromMs(modelId)) return held()
      const length = scale.toMs - scale.fromMs
      const name = [modelId, length, scale.widthPx, isLive ? 'live' : scale.toMs].join(' ')
      if (loaded?.name === name) return { ring: loaded.ring ?? history.attempts, past: loaded.past }
      if (asked !== name) ask(name, window)
      return held()
    },
    again,
  }
}

const nothingMore = { ring: null, past: null }

function pastOf(history: LiveHistory, modelId: string, answer: LaneHistory, untilMs: number): LanePast {
  const first = Math.round(answer.fromMs / answer.stepMs)
  const counts = answer.keys.flatMap(({ keyId, counts: list }) => {
    const key = history.keyIndex(modelId, keyId)
    return key === -1 ? [] : list.map(([bucket, kind, count]) => ({ key, bucket: first + bucket, kind, count }))
  })
  return { bucketMs: answer.stepMs, untilMs, counts }
}
