// A journal of an older version is carried forward, one of a newer version is never touched.
import type { DatabaseSync } from 'node:sqlite'

/** `KWJ1`, so that another program's database is not taken for a journal. */
export const applicationId = 0x4b574a31

/**
 * Each brings the schema one version further; one that has been released is never changed. `names`, `outcomes`,
 * `standings` and `header_names` hold once what many rows say. Sums are kept for several lengths of time, and outlive the rows they count.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE names (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, owner TEXT NOT NULL, ref TEXT NOT NULL, label TEXT NOT NULL,
    UNIQUE (kind, owner, ref, label)
  );
  CREATE TABLE outcomes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, last_request INTEGER NOT NULL);
  CREATE TABLE standings (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, last_request INTEGER NOT NULL);

  CREATE TABLE requests (
    id INTEGER PRIMARY KEY, request_id TEXT NOT NULL UNIQUE,
    model INTEGER NOT NULL, stand_in INTEGER, client INTEGER NOT NULL,
    started_at REAL NOT NULL, ended_at REAL, first_output_ms REAL,
    result INTEGER NOT NULL, saved INTEGER NOT NULL, kinds INTEGER NOT NULL, attempts INTEGER NOT NULL,
    prompt_tokens INTEGER, completion_tokens INTEGER, estimated INTEGER NOT NULL, cost_micros INTEGER,
    failure_code TEXT, failure TEXT
  );
  CREATE INDEX requests_by_start ON requests (started_at);
  CREATE INDEX requests_open ON requests (id) WHERE ended_at IS NULL;

  CREATE TABLE attempts (
    request INTEGER NOT NULL, number INTEGER NOT NULL, key INTEGER NOT NULL,
    started_at REAL NOT NULL, duration_ms REAL, probe INTEGER NOT NULL, outcome INTEGER, retry_after_ms REAL,
    decided_at REAL, strategy INTEGER, rule INTEGER, usable INTEGER, tried INTEGER, standing INTEGER,
    PRIMARY KEY (request, number)
  ) WITHOUT ROWID;

  CREATE TABLE key_states (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, at REAL NOT NULL, state TEXT NOT NULL);
  CREATE INDEX key_states_by_key ON key_states (key, at);

  CREATE TABLE request_sums (
    step INTEGER NOT NULL, at INTEGER NOT NULL, model INTEGER NOT NULL, client INTEGER NOT NULL,
    finished INTEGER NOT NULL, served INTEGER NOT NULL, failed INTEGER NOT NULL, cancelled INTEGER NOT NULL,
    saved INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
    estimated INTEGER NOT NULL, cost_micros INTEGER NOT NULL, unpriced INTEGER NOT NULL,
    PRIMARY KEY (step, at, model, client)
  ) WITHOUT ROWID;
  CREATE TABLE latency_sums (
    step INTEGER NOT NULL, at INTEGER NOT NULL, model INTEGER NOT NULL, bucket INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (step, at, model, bucket)
  ) WITHOUT ROWID;
  CREATE TABLE attempt_sums (
    step INTEGER NOT NULL, at INTEGER NOT NULL, model INTEGER NOT NULL, key INTEGER NOT NULL, kind INTEGER NOT NULL,
    n INTEGER NOT NULL, duration_ms REAL NOT NULL,
    PRIMARY KEY (step, at, model, key, kind)
  ) WITHOUT ROWID;
  `,
  // What the provider's headers said at an attempt: their names, which are the same time and again, and their values.
  `
  CREATE TABLE header_names (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, last_request INTEGER NOT NULL);
  ALTER TABLE attempts ADD COLUMN header_names INTEGER;
  ALTER TABLE attempts ADD COLUMN header_values TEXT;
  `,
  `
  CREATE TABLE texts (
    request INTEGER PRIMARY KEY, asked TEXT, asked_cut INTEGER NOT NULL, answered TEXT, answered_cut INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  );
  `,
]

export type SchemaState = 'ready' | 'newer' | 'foreign'

/** Brings the database to the newest schema, one version after the other, each wholly or not at all. */
export function migrate(db: DatabaseSync, steps: readonly string[] = migrations): SchemaState {
  const version = pragma(db, 'user_version')
  const application = pragma(db, 'application_id')
  if (application !== applicationId && (application !== 0 || version !== 0 || hasTables(db))) return 'foreign'
  if (version > steps.length) return 'newer'
  for (const [index, sql] of steps.entries()) {
    if (index < version) continue
    db.exec(
      `BEGIN IMMEDIATE; ${sql}; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}; COMMIT`,
    )
  }
  return 'ready'
}

export function pragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
}

function hasTables(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' LIMIT 1").get() !== undefined
}
