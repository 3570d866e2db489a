import { canary, configs, key, type BadInput } from './row.ts'

export const keys: BadInput[] = [
  {
    title: 'space around a key',
    source: key(' sk-other-00000001 '),
    noticed: { code: 'key-trimmed', line: 1, name: 'm' },
  },
  {
    title: 'quotes around a key',
    source: configs(`{"m": {"api_key": ["${canary}", "\\"sk-other-00000001\\""]}}`),
    noticed: { code: 'key-unquoted', line: 1 },
  },
  {
    title: 'Bearer before a key',
    source: key('Bearer sk-other-00000001'),
    noticed: { code: 'key-bearer-removed', line: 1 },
  },
  {
    title: 'a tab in a key',
    source: key('sk-other\t00000001'),
    noticed: { code: 'key-control-character', line: 1 },
  },
  {
    title: 'a full-width letter in a key',
    source: key('sk-otherＡ00000001'),
    noticed: { code: 'key-not-ascii', line: 1 },
  },
  {
    title: 'smart quotes',
    source: key('“sk-other-00000001”'),
    noticed: { code: 'key-not-ascii', line: 1 },
  },
  { title: 'a masked key', source: key('sk-…abcd'), noticed: { code: 'key-masked', line: 1 } },
  { title: 'asterisks', source: key('sk-****abcd'), noticed: { code: 'key-masked', line: 1 } },
  { title: 'the same key twice', source: key(canary), noticed: { code: 'key-duplicate', line: 1 } },
  { title: 'a key of one character', source: key('x'), noticed: { code: 'key-short', line: 1 } },
  { title: 'a key of 5 kB', source: key('x'.repeat(5000)), noticed: { code: 'key-too-long', line: 1 } },
  { title: 'a placeholder', source: key('your-api-key'), noticed: { code: 'key-placeholder', line: 1 } },
  {
    title: 'a private key',
    source: configs(`{"m": {"api_key": ["${canary}", "-----BEGIN PRIVATE KEY-----\\nx"]}}`),
    noticed: { code: 'key-is-private-key', line: 1 },
  },
  {
    title: 'a JWT',
    source: key('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdef'),
    noticed: { code: 'key-is-jwt', line: 1 },
  },
  {
    title: 'a GitHub token',
    source: key('ghp_0123456789abcdef0123456789abcdef0123'),
    noticed: { code: 'key-is-github-token', line: 1 },
  },
  {
    title: 'a line end in a key',
    source: key('sk-other\n00000001'),
    noticed: { code: 'key-control-character', line: 1 },
  },
  { title: 'a space in a key', source: key('sk-other 00000001'), noticed: { code: 'key-space', line: 1 } },
  { title: 'a key masked with dots', source: key('sk-...abcd'), noticed: { code: 'key-masked', line: 1 } },
  { title: 'stars alone', source: key('***'), noticed: { code: 'key-masked', line: 1 } },
  { title: 'a blank key', source: key('  '), noticed: { code: 'key-blank', line: 1 } },
  {
    title: 'a key that is a number',
    source: configs(`{"m": {"api_key": ["${canary}", 1]}}`),
    noticed: { code: 'key-wrong-type', line: 1 },
  },
  {
    title: 'a key that is a reference',
    source: key('${OPENAI_API_KEY}'),
    noticed: { code: 'key-placeholder', line: 1 },
  },
]
