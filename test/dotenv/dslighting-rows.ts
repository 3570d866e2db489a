import type { Loader, LoaderView } from '../../electron/dotenv/index.ts'

export interface Row {
  title: string
  /** The file in test/fixtures/dotenv/dslighting. */
  file: string
  /** What our import makes of it: models with their number of keys, or the reason why there are none. */
  imported: Record<string, number> | string
  notices?: string[]
  ignored?: Record<string, string>
  views?: Partial<Record<Loader, Partial<Omit<LoaderView, 'keys'>> & { keys?: Partial<LoaderView['keys']> }>>
  traps?: string[]
}

const dropped = { entryUsed: false, keys: { from: 'global' as const } }

/** One row for each way to write LLM_MODEL_CONFIGS of which it is known what DSLighting does with it. */
export const rows: Row[] = [
  { title: 'blank', file: 'blank', imported: 'no-model-configs' },
  { title: 'not JSON', file: 'not-json', imported: 'bad-json', traps: ['not-json'] },
  { title: 'JSON but not an object', file: 'array', imported: 'not-an-object', traps: ['not-json'] },
  {
    title: 'a value wrapped in literal quotes',
    file: 'literal-quotes',
    imported: { m: 1 },
    notices: ['literal-quotes'],
    traps: ['literal-quotes'],
  },
  {
    title: 'an entry that is not an object',
    file: 'entry-not-object',
    imported: { m: 1 },
    ignored: { bad: 'entry-not-object' },
    traps: ['entry-dropped'],
  },
  {
    title: 'a model name with spaces',
    file: 'name-with-spaces',
    imported: { m: 1 },
    notices: ['name-has-spaces'],
    traps: ['name-has-spaces'],
  },
  {
    title: 'a list of keys',
    file: 'key-list',
    imported: { m: 2 },
    views: {
      library: { entryUsed: true, keys: { from: 'entry', positions: [0, 1], rotates: true, sent: 'key' } },
      'command-line': { keys: { sent: 'list-as-text', rotates: false } },
      'web-interface': { keys: { positions: [0], rotates: false } },
    },
    traps: ['list-in-command-line', 'web-first-key-only'],
  },
  {
    title: 'an empty list of keys',
    file: 'empty-key-list',
    imported: 'nothing-usable',
    views: { library: { entryUsed: false, apiBase: 'https://api.openai.com/v1', temperature: 0.7 } },
    traps: ['entry-dropped'],
  },
  {
    title: 'a list with blanks and placeholders',
    file: 'list-with-blanks',
    imported: { m: 2 },
    notices: ['key-blank', 'key-placeholder'],
    views: { library: { keys: { positions: [0, 1, 2, 3] } } },
    traps: ['placeholder-key', 'only-three-keys-tried'],
  },
  {
    title: 'a list with null and numbers',
    file: 'list-with-null',
    imported: { m: 1 },
    notices: ['key-wrong-type'],
    views: { library: { outcome: 'fails' } },
    traps: ['entry-crashes-library'],
  },
  {
    title: 'an empty key, with a global one',
    file: 'empty-key',
    imported: 'nothing-usable',
    views: { library: dropped, 'command-line': dropped },
    traps: ['entry-dropped'],
  },
  { title: 'the key your_key', file: 'your-key', imported: 'nothing-usable', traps: ['entry-dropped'] },
  {
    title: "the example file's own placeholders",
    file: 'example-placeholders',
    imported: { a: 1, b: 1 },
    notices: ['key-placeholder'],
    views: { library: { entryUsed: true, keys: { from: 'entry', positions: [0] } } },
    traps: ['placeholder-key'],
  },
  {
    title: 'a null key',
    file: 'null-key',
    imported: 'nothing-usable',
    views: { library: { entryUsed: false } },
    traps: ['entry-dropped'],
  },
  {
    title: 'no key, with a global key for another host',
    file: 'no-key',
    imported: { m: 0 },
    notices: ['global-key-not-taken'],
    views: { library: { entryUsed: true, apiBase: 'https://other.test/v1', keys: { from: 'global', sent: 'key' } } },
    traps: ['global-key-leaks'],
  },
  {
    title: 'api_keys',
    file: 'api-keys',
    imported: { m: 2 },
    views: {
      library: { keys: { positions: [0, 1], rotates: true } },
      'command-line': { keys: { from: 'none', sent: 'word-EMPTY' } },
      'web-interface': { keys: { from: 'none' } },
    },
    traps: ['api-keys-ignored'],
  },
  {
    title: 'api_keys as text',
    file: 'api-keys-text',
    imported: 'nothing-usable',
    views: { library: { outcome: 'fails' } },
    traps: ['entry-crashes-library'],
  },
  {
    title: 'a list in api_key beside api_keys',
    file: 'both-lists',
    imported: { m: 2 },
    views: { library: { keys: { positions: [0, 1] } } },
  },
  {
    title: 'an alias',
    file: 'alias',
    imported: { m: 1 },
    notices: ['model-alias'],
    views: { library: { upstreamModel: 'real' }, 'web-interface': { upstreamModel: 'm' } },
    traps: ['alias-ignored'],
  },
  { title: 'unknown fields', file: 'unknown-fields', imported: { m: 1 }, views: { library: { entryUsed: true } } },
  {
    title: 'a temperature as text',
    file: 'temperature-text',
    imported: { m: 1 },
    views: {
      library: { temperature: 0.5 },
      'command-line': { temperature: 0.5 },
      'web-interface': { temperature: 0.2 },
    },
  },
  {
    title: 'a temperature that is a word',
    file: 'temperature-word',
    imported: { m: 1 },
    notices: ['temperature-invalid'],
    views: { library: { outcome: 'fails' }, 'command-line': { outcome: 'fails' } },
    traps: ['entry-crashes-library'],
  },
  {
    title: 'a temperature of 0',
    file: 'temperature-zero',
    imported: { m: 1 },
    views: { library: { temperature: 0 }, 'command-line': { temperature: 0.9 } },
    traps: ['temperature-zero-ignored'],
  },
  {
    title: 'api_base null',
    file: 'base-null',
    imported: { m: 1 },
    notices: ['api-base-unusable'],
    views: { library: { apiBase: null }, 'command-line': { apiBase: 'https://global.test/v1' } },
  },
  { title: 'a name that stands twice', file: 'twice', imported: { m: 1 }, notices: ['duplicate-name'] },
  {
    title: 'blank variables',
    file: 'blank-variables',
    imported: { m: 1 },
    views: {
      library: { apiBase: 'https://api.openai.com/v1', temperature: 0.7 },
      'command-line': { outcome: 'fails', apiBase: '' },
    },
    traps: ['blank-variable'],
  },
  {
    title: 'Claude without an address',
    file: 'claude',
    imported: { 'claude-3-5-sonnet': 1 },
    views: { library: { apiBase: 'https://api.openai.com/v1' } },
    traps: ['openai-base-for-claude'],
  },
  {
    title: 'a reference in the JSON',
    file: 'reference',
    imported: { m: 1 },
    notices: ['expansion-not-done'],
    traps: ['quoting-hazard'],
  },
  {
    title: 'comments in the JSON',
    file: 'comments',
    imported: { m: 1 },
    notices: ['json-comment'],
    traps: ['json-comments'],
  },
]
