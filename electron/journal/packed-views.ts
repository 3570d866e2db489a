// What was packed, as a page is told of it.
import type { RequestId } from '../../shared/identity.ts'
import type { AttemptView, RequestView } from '../../shared/request.ts'
import { BatchReader } from './batch-reader.ts'
import { AttemptColumn as A, RequestColumn as R, type BatchTables, type PackedRequests } from './batch.ts'
import { resultCodes } from './codes.ts'

type Packed = Omit<PackedRequests, 'headerValues'>

/** Its requests, or those that are wanted, in the order in which they were started. */
export function viewsOf(packed: Packed, isWanted = (_id: RequestId) => true): RequestView[] {
  const reader = new BatchReader({ ...packed, headerValues: [] })
  const views: RequestView[] = []
  while (reader.nextRequest()) if (isWanted(reader.id())) views.push(viewAt(reader, packed.tables))
  return views
}

function viewAt(reader: BatchReader, tables: BatchTables): RequestView {
  const asked = tables.models[reader.of(R.model)]!
  const standIn = reader.maybe(R.standIn)
  const failure = reader.maybe(R.failure)
  const usage = reader.usage()
  return {
    id: reader.id(),
    modelId: asked.id,
    modelName: asked.name ?? '',
    standIn: standIn === null ? null : standInAt(tables, standIn),
    client: tables.clients[reader.of(R.client)]!,
    startedAtMs: reader.of(R.startedAtMs),
    endedAtMs: reader.maybe(R.endedAtMs),
    firstOutputMs: reader.maybe(R.firstOutputMs),
    result: resultCodes.nameOf(reader.of(R.result))!,
    attempts: attemptsOf(reader, tables),
    usage: usage && { ...usage, ...(reader.of(R.estimated) === 1 ? { estimated: true } : {}) },
    failure: failure === null ? null : tables.failures[failure]!,
  }
}

function standInAt({ models }: BatchTables, place: number) {
  const { id, name } = models[place]!
  return { modelId: id, modelName: name ?? '' }
}

function attemptsOf(reader: BatchReader, tables: BatchTables): AttemptView[] {
  const attempts: AttemptView[] = []
  while (reader.nextAttempt()) attempts.push(attemptAt(reader, tables))
  return attempts
}

function attemptAt(reader: BatchReader, tables: BatchTables): AttemptView {
  const asked = tables.models[reader.of(R.model)]!.id
  const modelId = tables.models[reader.attempt(A.model)]!.id
  const key = tables.keys[reader.attempt(A.key)]!
  const outcome = reader.attemptMaybe(A.outcome)
  const retryAfterMs = reader.attemptMaybe(A.retryAfterMs)
  return {
    number: reader.attempt(A.number),
    ...(modelId === asked ? {} : { modelId }),
    keyId: key.id,
    keyLabel: key.label,
    startedAtMs: reader.attempt(A.startedAtMs),
    durationMs: reader.attemptMaybe(A.durationMs),
    probe: reader.attempt(A.probe) === 1,
    outcome: outcome === null ? null : { ...tables.outcomes[outcome]!, retryAfterMs },
  }
}
