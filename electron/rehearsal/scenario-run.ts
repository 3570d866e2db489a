import type { ChatEvent } from '../../shared/chat.ts'
import type { KeyId, RequestId } from '../../shared/identity.ts'
import type { Fault, ScenarioName, ScenarioView, StepView } from '../../shared/rehearsal.ts'
import { checks, scenarios, type ScenarioStep } from './scenarios.ts'
import type { Session } from './session.ts'

/** Sends one request as the playground would, through the rehearsal. */
export type Send = (keyId: KeyId | null, signal: AbortSignal) => AsyncGenerator<ChatEvent>

export interface ScenarioRun {
  readonly name: ScenarioName
  view: () => ScenarioView
  /** What a call of this key meets in the step under way. */
  meets: (keyId: KeyId) => Fault | null
  /** Plays it to its end; never rejects. */
  play: (stage: { session: Session; send: Send; modelName: string }, signal: AbortSignal) => Promise<void>
}

export function createScenarioRun(
  name: ScenarioName,
  deps: { onChange: () => void; reportBug: (error: unknown) => void },
) {
  return new Run(name, deps)
}

class Run implements ScenarioRun {
  readonly name: ScenarioName
  readonly #deps: { onChange: () => void; reportBug: (error: unknown) => void }
  readonly #steps: readonly ScenarioStep[]
  readonly #seen: StepView[]
  #state: ScenarioView['state'] = 'running'
  #about: Pick<ScenarioView, 'modelId' | 'modelName'> | null = null
  #sick: ScenarioView['sick'] = null
  #session: Session | null = null
  #step: ScenarioStep | null = null
  #isFindingSick = false
  #calls = new Map<KeyId, number>()
  #ids: RequestId[] = []

  constructor(name: ScenarioName, deps: { onChange: () => void; reportBug: (error: unknown) => void }) {
    this.name = name
    this.#deps = deps
    this.#steps = scenarios[name]
    this.#seen = this.#steps.map(({ name: step, expects }) => ({
      name: step,
      state: 'waiting',
      checks: expects.map((check) => ({ name: check, holds: null })),
      requests: [],
      keys: [],
    }))
  }

  readonly meets = (keyId: KeyId): Fault | null => {
    if (!this.#step) return null
    if (this.#isFindingSick) this.#found(keyId)
    const nth = (this.#calls.get(keyId) ?? 0) + 1
    this.#calls.set(keyId, nth)
    const hasWaited = this.#ids.some((id) => this.#session?.hasWaited(id))
    return this.#step.plays({ isSick: keyId === this.#sick?.keyId, nth, hasWaited })
  }

  view(): ScenarioView {
    if (!this.#about) throw new Error('a scenario that does not play has nothing to show')
    const steps = this.#seen.map((step) => (step.state === 'running' ? { ...step, ...this.#soFar() } : step))
    return { name: this.name, ...this.#about, state: this.#state, sick: this.#sick, steps }
  }

  async play(
    { session, send, modelName }: { session: Session; send: Send; modelName: string },
    signal: AbortSignal,
  ): Promise<void> {
    this.#session = session
    this.#about = { modelId: session.modelId, modelName }
    try {
      for (const [index, step] of this.#steps.entries()) {
        await this.#playStep(index, step, send, signal)
        if (signal.aborted) break
      }
    } catch (error) {
      this.#deps.reportBug(error)
    }
    this.#end(signal.aborted)
  }

  async #playStep(index: number, step: ScenarioStep, send: Send, signal: AbortSignal): Promise<void> {
    this.#step = step
    this.#isFindingSick = step.findsSick === true
    this.#calls = new Map()
    this.#ids = []
    if (step.tested && this.#sick) this.#session?.pool()?.forgive(this.#sick.keyId)
    this.#become(index, { state: 'running' })
    const sends = step.sends === 'each' ? (this.#session?.keys().length ?? 1) : step.sends
    let textLength = 0
    for (let sent = 0; sent < sends && !signal.aborted; sent += 1) {
      textLength += await this.#ask(send(step.asksSick ? (this.#sick?.keyId ?? null) : null, signal))
    }
    if (!signal.aborted) this.#judge(index, step, textLength)
  }

  /** How much text came. */
  async #ask(events: AsyncGenerator<ChatEvent>): Promise<number> {
    let textLength = 0
    for await (const event of events) {
      if (event.kind === 'started') this.#ids.push(event.requestId)
      if (event.kind === 'text') textLength += event.text.length
      this.#deps.onChange()
    }
    return textLength
  }

  #judge(index: number, { expects }: ScenarioStep, textLength: number): void {
    const { requests, keys } = this.#soFar()
    const parked = this.#ids.some((id) => this.#session?.hasWaited(id))
    const seen = { requests, keys, parked, textLength, sick: this.#sick?.keyId ?? null }
    const judged = expects.map((name) => ({ name, holds: requests.length > 0 && checks[name](seen) }))
    const state = judged.every(({ holds }) => holds) ? 'held' : 'missed'
    this.#become(index, { state, checks: judged, requests, keys })
  }

  #soFar(): Pick<StepView, 'requests' | 'keys'> {
    const requests = this.#ids.flatMap((id) => this.#session?.find(id) ?? [])
    return { requests, keys: this.#session?.keys() ?? [] }
  }

  #found(keyId: KeyId): void {
    this.#isFindingSick = false
    const label = this.#session?.keys().find((key) => key.keyId === keyId)?.label ?? ''
    this.#sick = { keyId, label }
  }

  #become(index: number, change: Partial<StepView>): void {
    const step = this.#seen[index]
    if (step) this.#seen[index] = { ...step, ...change }
    this.#deps.onChange()
  }

  #end(isStopped: boolean): void {
    const held = this.#seen.every(({ state }) => state === 'held')
    this.#state = isStopped ? 'stopped' : held ? 'held' : 'missed'
    for (const [index, step] of this.#seen.entries()) {
      // What was cut off has come to nothing.
      if (step.state === 'running') this.#seen[index] = { ...step, requests: [], keys: [], state: 'waiting' }
    }
    this.#step = null
    this.#session = null
    this.#deps.onChange()
  }
}
