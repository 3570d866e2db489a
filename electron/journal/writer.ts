// A batch is written wholly or not at all; a request that has ended never changes again.
import type { DatabaseSync } from 'node:sqlite'
import type { DecisionView } from '../../shared/decision.ts'
import type { OutcomeView } from '../../shared/outcome.ts'
import type { AttemptView, RequestFailure, RequestView } from '../../shared/request.ts'
import { isSavedByRotation } from '../../shared/request-history.ts'
import { isRehearsed } from '../../shared/rehearsal-terms.ts'
import type { Batch, RecordedKeyState, RecordedRequest } from './batch.ts'
import { kindCodes, resultCodes, ruleCodes, strategyCodes } from './codes.ts'
import { createDictionary } from './dictionary.ts'
import { createNames } from './names.ts'
import type { Prices } from './prices.ts'
import { headerTexts } from './header-texts.ts'
import { standingText } from './standing-text.ts'
import { createSums, type FinishedRequest } from './sums.ts'
import { closeInterrupted } from './interrupted.ts'
import type { Texts } from './texts/texts.ts'

/** A request that has a row and has not ended, with the attempts that have been counted. */
interface OpenRow {
  row: number
  attempts: number
  counted: ReadonlySet<number>
}

/** The failure of a model of many keys would be larger than everything else about it. */
const keptKeysOfFailure = 20

export interface Writer {
  /** How many attempts were new. */
  write: (batch: Batch) => number
  /** Forgets what no row from this one on can refer to. */
  prune: (oldestRow: number) => void
}

export function createWriter(db: DatabaseSync, prices: Prices, texts: Pick<Texts, 'write'>): Writer {
  const names = createNames(db)
  const outcomes = createDictionary(db, 'outcomes')
  const standings = createDictionary(db, 'standings')
  const headerNames = createDictionary(db, 'header_names')
  const sums = createSums(db)
  const statements = prepareStatements(db)
  const open = new Map<string, OpenRow>()

  function write(batch: Batch): number {
    let added = 0
    const staged = new Map<string, OpenRow | null>()
    db.exec('BEGIN IMMEDIATE')
    try {
      for (const request of batch.requests) added += writeRequest(request, batch, staged)
      for (const state of batch.keyStates) writeKeyState(state)
      for (const exchange of batch.exchanges) texts.write(exchange)
      sums.write()
      db.exec('COMMIT')
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK')
      sums.forget()
      for (const cache of [names, outcomes, standings, headerNames]) cache.forget()
      throw error
    }
    for (const [id, row] of staged) {
      if (row) open.set(id, row)
      else open.delete(id)
    }
    return added
  }

  function writeRequest(recorded: RecordedRequest, batch: Batch, staged: Map<string, OpenRow | null>): number {
    const { view } = recorded
    const known = staged.get(view.id) ?? open.get(view.id)
    const model = names.model(view.modelId, view.modelName)
    const client = names.client(view.client)
    const price = batch.prices[servingModel(view)]
    const costMicros = prices.costMicros(price, view.usage, view.endedAtMs ?? view.startedAtMs)
    const row = known ? known.row : insertRequest(view, model, client)
    // It has ended, and was recorded then.
    if (row === null) return 0
    updateRequest(row, view, costMicros)
    const counted = writeAttempts(row, recorded, known?.counted ?? new Set())
    if (isEnded(view) && !isRehearsed(view)) sums.addRequest(finished(view, model, client, costMicros))
    staged.set(view.id, isEnded(view) ? null : { row, attempts: view.attempts.length, counted })
    return view.attempts.length - (known?.attempts ?? 0)
  }

  function insertRequest(view: RequestView, model: number, client: number): number | null {
    const { changes, lastInsertRowid } = statements.insertRequest.run(view.id, model, client, view.startedAtMs)
    return Number(changes) === 0 ? null : Number(lastInsertRowid)
  }

  function updateRequest(row: number, view: RequestView, costMicros: number | null): void {
    const { usage, failure, standIn } = view
    statements.updateRequest.run(
      standIn && names.model(standIn.modelId, standIn.modelName),
      view.endedAtMs,
      view.firstOutputMs,
      resultCodes.codeOf(view.result),
      Number(isSavedByRotation(view)),
      kindBits(view.attempts),
      view.attempts.length,
      usage?.promptTokens ?? null,
      usage?.completionTokens ?? null,
      Number(usage?.estimated === true),
      costMicros,
      failure?.code ?? null,
      failure && JSON.stringify(shortened(failure)),
      row,
    )
  }

  function writeAttempts(row: number, { view, decisions, headers }: RecordedRequest, before: ReadonlySet<number>) {
    const counted = new Set(before)
    for (const attempt of view.attempts) {
      if (counted.has(attempt.number)) continue
      const { modelId = view.modelId } = attempt
      const key = names.key(modelId, attempt.keyId, attempt.keyLabel)
      writeAttempt(row, key, attempt)
      if (!attempt.outcome) continue
      counted.add(attempt.number)
      // What was played is no figure of what happened.
      if (isRehearsed(view)) continue
      const durationMs = attempt.durationMs ?? 0
      const endedAtMs = attempt.startedAtMs + durationMs
      const model = names.model(modelId, nameOfModel(view, modelId))
      sums.addAttempt({ endedAtMs, durationMs, model, key, kind: attempt.outcome.kind })
    }
    for (const { number, decision } of decisions) {
      const attempt = view.attempts.find((one) => one.number === number)
      writeDecision(row, number, decision, attempt?.modelId ?? view.modelId)
    }
    for (const { number, headers: noted } of headers) {
      const [names, values] = headerTexts(noted)
      statements.headers.run(headerNames.idOf(names, row), values, row, number)
    }
    return counted
  }

  function writeAttempt(row: number, key: number, { number, startedAtMs, durationMs, probe, outcome }: AttemptView) {
    const outcomeId = outcome && outcomes.idOf(outcomeText(outcome), row)
    const retryAfterMs = outcome?.retryAfterMs ?? null
    statements.attempt.run(row, number, key, startedAtMs, durationMs, Number(probe), outcomeId, retryAfterMs)
  }

  function writeDecision(row: number, number: number, decision: DecisionView, modelId: string): void {
    const text = standingText(decision, (keyId, label) => names.key(modelId, keyId, label))
    statements.decision.run(
      decision.atMs,
      strategyCodes.codeOf(decision.strategy),
      ruleCodes.codeOf(decision.rule),
      decision.usable,
      decision.tried,
      text === null ? null : standings.idOf(text, row),
      row,
      number,
    )
  }

  function writeKeyState({ modelId, keyId, label, atMs, state }: RecordedKeyState): void {
    statements.keyState.run(names.key(modelId, keyId, label), atMs, JSON.stringify(state))
  }

  closeInterrupted(db)
  return {
    write,
    prune(oldestRow) {
      outcomes.prune(oldestRow)
      standings.prune(oldestRow)
      headerNames.prune(oldestRow)
    },
  }
}

const isEnded = (view: RequestView) => view.endedAtMs !== null

const servingModel = ({ modelId, standIn }: RequestView) => standIn?.modelId ?? modelId

/** Undefined for a stand-in of a stand-in: it keeps the name it is known by. */
function nameOfModel({ modelId: own, modelName, standIn }: RequestView, modelId: string): string | undefined {
  if (modelId === own) return modelName
  return modelId === standIn?.modelId ? standIn.modelName : undefined
}

const kindBits = (attempts: readonly AttemptView[]) =>
  attempts.reduce((bits, { outcome }) => (outcome ? bits | (1 << kindCodes.codeOf(outcome.kind)) : bits), 0)

/** Without what differs from one attempt to the next. */
function outcomeText({ kind, status, cause, providerCode, providerMessage }: OutcomeView): string {
  return JSON.stringify({ kind, status, cause, providerCode, providerMessage })
}

function shortened(failure: RequestFailure): RequestFailure {
  return failure.keys.length <= keptKeysOfFailure
    ? failure
    : { ...failure, keys: failure.keys.slice(0, keptKeysOfFailure) }
}

function finished(view: RequestView, model: number, client: number, costMicros: number | null): FinishedRequest {
  const endedAtMs = view.endedAtMs ?? view.startedAtMs
  return {
    endedAtMs,
    durationMs: endedAtMs - view.startedAtMs,
    model,
    client,
    result: view.result === 'served' || view.result === 'cancelled' ? view.result : 'failed',
    saved: isSavedByRotation(view),
    promptTokens: view.usage?.promptTokens ?? null,
    completionTokens: view.usage?.completionTokens ?? null,
    estimated: view.usage?.estimated === true,
    costMicros,
  }
}

function prepareStatements(db: DatabaseSync) {
  return {
    insertRequest: db.prepare(
      `INSERT INTO requests (request_id, model, client, started_at, result, saved, kinds, attempts, estimated)
       VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0) ON CONFLICT (request_id) DO NOTHING`,
    ),
    updateRequest: db.prepare(
      `UPDATE requests SET stand_in = ?, ended_at = ?, first_output_ms = ?, result = ?, saved = ?, kinds = ?, attempts = ?,
         prompt_tokens = ?, completion_tokens = ?, estimated = ?, cost_micros = ?, failure_code = ?, failure = ?
       WHERE id = ?`,
    ),
    attempt: db.prepare(
      `INSERT INTO attempts (request, number, key, started_at, duration_ms, probe, outcome, retry_after_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (request, number) DO UPDATE SET
         duration_ms = excluded.duration_ms, outcome = excluded.outcome, retry_after_ms = excluded.retry_after_ms`,
    ),
    decision: db.prepare(
      `UPDATE attempts SET decided_at = ?, strategy = ?, rule = ?, usable = ?, tried = ?, standing = ?
       WHERE request = ? AND number = ?`,
    ),
    headers: db.prepare('UPDATE attempts SET header_names = ?, header_values = ? WHERE request = ? AND number = ?'),
    keyState: db.prepare('INSERT INTO key_states (key, at, state) VALUES (?, ?, ?)'),
  }
}
