import { canary, configs, entry, type BadInput } from './row.ts'

export const model: BadInput[] = [
  {
    title: 'an address without a scheme',
    source: entry('"api_base": "x.test/v1"'),
    noticed: { code: 'api-base-not-a-url', line: 1, name: 'm' },
  },
  {
    title: 'an address with a password',
    source: entry(`"api_base": "https://u:${canary}@x.test"`),
    noticed: { code: 'api-base-not-a-url', line: 1, name: 'm' },
  },
  {
    title: 'an address with a key in its query',
    source: entry(`"api_base": "https://x.test?key=${canary}"`),
    noticed: { code: 'api-base-not-a-url', line: 1 },
  },
  {
    title: 'a script for an address',
    source: entry('"api_base": "javascript:alert(1)"'),
    noticed: { code: 'api-base-not-a-url', line: 1 },
  },
  {
    title: 'an empty address',
    source: entry('"api_base": ""'),
    noticed: { code: 'api-base-unusable', line: 1 },
  },
  {
    title: 'a temperature below 0',
    source: entry('"temperature": -1'),
    noticed: { code: 'temperature-range', line: 1, name: 'm' },
  },
  {
    title: 'a temperature above 2',
    source: entry('"temperature": 3'),
    noticed: { code: 'temperature-range', line: 1 },
  },
  {
    title: 'a temperature that is text',
    source: entry('"temperature": "NaN"'),
    noticed: { code: 'temperature-invalid', line: 1 },
  },
  {
    title: 'a model without a name',
    source: configs(`{"": {"api_key": "${canary}"}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: '', reason: 'model-name' },
  },
  {
    title: 'a line end in a name',
    source: configs(`{"a\\nb": {"api_key": "${canary}"}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: 'a b', reason: 'model-name' },
  },
  {
    title: 'a name of 5 kB',
    source: configs(`{"${'x'.repeat(5000)}": {}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: 'x'.repeat(80), reason: 'model-name' },
  },
  {
    title: 'a file for an address',
    source: entry('"api_base": "file:///etc/passwd"'),
    noticed: { code: 'api-base-not-a-url', line: 1 },
  },
  {
    title: 'an address with a fragment',
    source: entry(`"api_base": "https://x.test/v1#${canary}"`),
    noticed: { code: 'api-base-not-a-url', line: 1 },
  },
  {
    title: 'an address that begins at its host',
    source: entry('"api_base": "//x.test/v1"'),
    noticed: { code: 'api-base-not-a-url', line: 1 },
  },
  {
    title: 'a port beyond all ports',
    source: entry('"api_base": "https://x.test:99999/v1"'),
    noticed: { code: 'api-base-not-a-url', line: 1 },
  },
  { title: 'a number for an address', source: entry('"api_base": 1'), noticed: { code: 'api-base-unusable', line: 1 } },
  {
    title: 'a temperature of null',
    source: entry('"temperature": null'),
    noticed: { code: 'temperature-invalid', line: 1 },
  },
  {
    title: 'a key for a name',
    source: configs(`{"${canary}": {"api_key": "glm"}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: '', reason: 'name-is-key' },
  },
  {
    title: 'a name that is an expression',
    source: configs(`{"(a+)+$": {"api_key": []}, "m": {"api_key": "${canary}"}}`),
    ignored: { name: '(a+)+$', reason: 'key-list-empty' },
  },
]
