import { canary, configs, entry, type BadInput } from './row.ts'

export const json: BadInput[] = [
  {
    title: 'JSON that is cut short',
    source: configs(`{"m": {"api_key": "${canary}"`),
    refused: { code: 'bad-json', line: 1, column: 66, name: 'comma-or-brace' },
  },
  {
    title: 'a trailing comma',
    source: configs(`{"m": {"api_key": "${canary}",}}`),
    refused: { code: 'bad-json', line: 1, column: 66, name: 'trailing-comma' },
  },
  {
    title: 'JSON5',
    source: configs(`{m: {}}`),
    refused: { code: 'bad-json', line: 1, column: 21, name: 'member-name' },
  },
  {
    title: 'a member that stands twice',
    source: configs(`{"m": {"api_key": "a"},\n"m": {"api_key": "${canary}"}}`),
    noticed: { code: 'duplicate-name', line: 2, column: 1, name: 'm' },
  },
  {
    title: 'a model named __proto__',
    source: configs(`{"__proto__": {"api_key": ""}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: '__proto__', reason: 'key-placeholder' },
  },
  {
    title: 'a depth of a hundred thousand',
    source: configs(`{"m": ${'['.repeat(100_000)}`),
    refused: { code: 'bad-json', line: 1, name: 'depth' },
  },
  {
    title: 'a list of a million',
    source: configs(`{"m": {"api_key": ["${canary}"${',1\n'.repeat(1_000_000)}]}}`),
    noticed: { code: 'key-wrong-type', line: 1, name: 'm' },
  },
  {
    title: 'a number beyond all numbers',
    source: entry('"x": 1e999'),
    refused: { code: 'bad-json', line: 1, name: 'number' },
  },
  { title: 'NaN', source: entry('"x": NaN'), refused: { code: 'bad-json', line: 1, name: 'value' } },
  {
    title: 'a number that loses digits',
    source: entry('"x": 9007199254740993'),
    noticed: { code: 'number-inexact', line: 1, name: 'LLM_MODEL_CONFIGS' },
  },
  {
    title: 'null for an object',
    source: configs('null'),
    refused: { code: 'not-an-object', line: 1, column: 20, name: 'null' },
  },
  { title: 'a text for an object', source: configs(`"${canary}"`), refused: { code: 'bad-json', line: 1 } },
  {
    title: 'a wrong type',
    source: entry('"provider": 1'),
    noticed: { code: 'provider-wrong-type', line: 1, name: 'm' },
  },
  {
    title: 'an entry of a wrong type',
    source: configs(`{"x": "${canary}", "m": {"api_key": "${canary}"}}`),
    ignored: { name: 'x', reason: 'entry-not-object' },
  },
  {
    title: 'two documents',
    source: configs(`{"m": {}} {"m": "${canary}"}`),
    refused: { code: 'bad-json', line: 1, column: 30, name: 'text-after-json' },
  },
  {
    title: 'a web page',
    source: `<!doctype html>\n<p>${canary}</p>\n`,
    refused: { code: 'no-model-configs' },
  },
  {
    title: 'constructor and prototype in an entry, which are data like any other',
    source: entry('"constructor": {"prototype": {"polluted": true}}'),
    kept: ['LLM_MODEL_CONFIGS', `{"m": {"api_key": "${canary}", "constructor": {"prototype": {"polluted": true}}}}`],
  },
  {
    title: 'minus zero',
    source: entry('"temperature": -0'),
    kept: ['LLM_MODEL_CONFIGS', `{"m": {"api_key": "${canary}", "temperature": -0}}`],
  },
  {
    title: 'several documents, one a line',
    source: configs(`{"m": {}}\n{"n": "${canary}"}`),
    refused: { code: 'bad-json', line: 2, column: 1, name: 'text-after-json' },
  },
  {
    title: 'a list for an object',
    source: configs(`["${canary}"]`),
    refused: { code: 'not-an-object', line: 1, column: 20, name: 'array' },
  },
  {
    title: 'a number for an object',
    source: configs('1'),
    refused: { code: 'not-an-object', line: 1, name: 'number' },
  },
  {
    title: 'api_keys that are no list',
    source: configs(`{"x": {"api_keys": "${canary}"}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: 'x', reason: 'keys-not-a-list' },
  },
  {
    title: 'a key that is a number',
    source: configs(`{"x": {"api_key": 1}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: 'x', reason: 'key-wrong-type' },
  },
  {
    title: 'an empty list of keys',
    source: configs(`{"x": {"api_key": []}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: 'x', reason: 'key-list-empty' },
  },
  {
    title: 'an entry that nothing can be used of',
    source: configs('{"x": {"api_key": []}}'),
    refused: { code: 'nothing-usable', line: 1, name: 'key-list-empty' },
  },
  {
    title: 'no entries',
    source: configs('{}'),
    refused: { code: 'nothing-usable', line: 1, name: 'LLM_MODEL_CONFIGS' },
  },
]
