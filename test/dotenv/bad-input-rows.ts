import { gzipSync } from 'node:zlib'

/** Stands for a key wherever a bad file could hold one; it may show up in no message. */
export const canary = 'sk-canary-3f9c2a7b51d84e06'

/** A usable line, so that what else is wrong with a file is a notice and not a refusal. */
const usable = `API_KEY=${canary}\n`
const configs = (json: string) => `LLM_MODEL_CONFIGS='${json}'\n`
const entry = (fields: string) => configs(`{"m": {"api_key": "${canary}", ${fields}}}`)
const key = (value: string) => configs(`{"m": {"api_key": ["${canary}", ${JSON.stringify(value)}]}}`)
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))

export interface Said {
  code: string
  line?: number | null
  column?: number | null
  name?: string | null
}

export type BadInput = { title: string; source: string | Uint8Array } & (
  | { refused: Said }
  /** Imported all the same, and this said about it. */
  | { noticed: Said }
  | { ignored: { name: string; reason: string } }
  /** Nothing is wrong with it: the value, to the byte. */
  | { kept: [name: string, value: string | null] }
)

const lexical: BadInput[] = [
  {
    title: 'no sign',
    source: `${usable}${canary}\n`,
    noticed: { code: 'statement-bare-name', line: 2, column: 1, name: null },
  },
  {
    title: 'a bare word that could be a secret',
    source: `${usable}swordfish`,
    noticed: { code: 'statement-bare-name', line: 2, name: null },
  },
  {
    title: 'no name',
    source: `${usable}=${canary}`,
    noticed: { code: 'statement-no-name', line: 2, column: 1 },
  },
  {
    title: 'two words before the sign',
    source: `${usable}A B=${canary}`,
    noticed: { code: 'statement-no-equals', line: 2, column: 3 },
  },
  {
    title: 'a digit first',
    source: `${usable}1A=x`,
    noticed: { code: 'variable-name-not-portable', line: 2 },
  },
  {
    title: 'a dash in the name',
    source: `${usable}A-B.c=x`,
    noticed: { code: 'variable-name-not-portable', line: 2 },
  },
  { title: 'export', source: `${usable}export A=x`, kept: ['A', 'x'] },
  { title: 'export alone', source: `${usable}export`, noticed: { code: 'statement-bare-name', line: 2 } },
  {
    title: 'an open double quote',
    source: `${usable}A="${canary}`,
    noticed: { code: 'statement-unterminated-quote', line: 2, column: 3 },
  },
  {
    title: 'an open single quote',
    source: `${usable}A='${canary}`,
    noticed: { code: 'statement-unterminated-quote', line: 2, column: 3 },
  },
  {
    title: 'an open backtick, which is a plain character to python-dotenv',
    source: `${usable}A=\`x`,
    kept: ['A', '`x'],
  },
  {
    title: 'text after the quote',
    source: `${usable}A="x"${canary}`,
    noticed: { code: 'statement-text-after-quote', line: 2, column: 6 },
  },
  { title: 'a comment', source: `${usable}A=x # c`, kept: ['A', 'x'] },
  { title: 'a hash inside', source: `${usable}A=x#y`, kept: ['A', 'x#y'] },
  { title: 'escapes in double quotes', source: String.raw`${usable}A="\n\t\"\\"`, kept: ['A', '\n\t"\\'] },
  { title: 'no escapes in single quotes', source: String.raw`${usable}A='\n'`, kept: ['A', String.raw`\n`] },
  {
    title: 'a key of several lines',
    source: `${usable}A="-----BEGIN\nx\n-----END"`,
    kept: ['A', '-----BEGIN\nx\n-----END'],
  },
  { title: 'nothing after the sign', source: `${usable}A=`, kept: ['A', ''] },
  { title: 'space around the sign', source: `${usable}A = x`, kept: ['A', 'x'] },
  { title: 'wide space around the sign', source: `${usable}A\u00A0=\u3000x`, kept: ['A', 'x'] },
  {
    title: 'a colon for a sign',
    source: `${usable}A: ${canary}`,
    noticed: { code: 'statement-no-equals', line: 2, column: 4 },
  },
  {
    title: 'set',
    source: `${usable}set A=${canary}`,
    noticed: { code: 'statement-no-equals', line: 2, column: 5 },
  },
  { title: 'a backslash at the end', source: `${usable}A=x\\\nB=y`, kept: ['A', 'x\\'] },
  { title: 'a quote in the middle', source: `${usable}A=it's`, kept: ['A', "it's"] },
  { title: 'commands', source: `${usable}A=$(id)\`id\``, kept: ['A', '$(id)`id`'] },
]

const semantic: BadInput[] = [
  {
    title: 'a name with two values',
    source: `${usable}A=1\nA=2`,
    noticed: { code: 'duplicate-variable', line: 3, name: 'A' },
  },
  { title: 'a reference to itself', source: `${usable}A=\${A}`, kept: ['A', '${A}'] },
  {
    title: 'a reference with a default',
    source: `${usable}A=\${B:-x}`,
    noticed: { code: 'expansion-not-done', line: 2, name: 'A' },
  },
  { title: '__proto__', source: `${usable}__proto__=x`, kept: ['__proto__', 'x'] },
  { title: 'constructor', source: `${usable}constructor=x`, kept: ['constructor', 'x'] },
  {
    title: 'a variable that changes programs',
    source: `${usable}NODE_OPTIONS=--x`,
    noticed: { code: 'variable-dangerous', line: 2, name: 'NODE_OPTIONS' },
  },
  {
    title: 'a list with commas',
    source: `API_KEY=${canary},sk-other-00000001`,
    noticed: { code: 'key-list-split', line: 1, name: 'API_KEY' },
  },
  {
    title: 'a list with all separators, blanks and a double',
    source: `API_KEY="${canary}; ,${canary}\n"`,
    noticed: { code: 'key-duplicate', line: 1 },
  },
  {
    title: 'a value that dotenvx encrypted',
    source: `${usable}A=encrypted:x`,
    noticed: { code: 'value-encrypted', line: 2, name: 'A' },
  },
]

const binary: BadInput[] = [
  {
    title: 'a byte order mark',
    source: bytes([0xef, 0xbb, 0xbf], usable),
    noticed: { code: 'byte-order-mark', line: 1, column: 1 },
  },
  {
    title: 'UTF-16 LE with a mark',
    source: bytes([0xff, 0xfe], [...Buffer.from(usable, 'utf16le')]),
    refused: { code: 'utf16' },
  },
  { title: 'UTF-16 LE without a mark', source: Buffer.from(usable, 'utf16le'), refused: { code: 'utf16' } },
  {
    title: 'UTF-16 BE without a mark',
    source: Buffer.from(usable, 'utf16le').swap16(),
    refused: { code: 'utf16' },
  },
  {
    title: 'Latin-1',
    source: bytes(`${usable}# caf`, [0xe9], '\n'),
    refused: { code: 'not-utf8', line: 2, column: 6 },
  },
  {
    title: 'a lone surrogate',
    source: bytes(usable, [0xed, 0xa0, 0x80]),
    refused: { code: 'not-utf8', line: 2, column: 1 },
  },
  {
    title: 'an overlong form',
    source: bytes('A=é', [0xc0, 0xaf]),
    refused: { code: 'not-utf8', line: 1, column: 4 },
  },
  {
    title: 'a sequence cut short',
    source: bytes(usable, 'A=', [0xe4, 0xb8]),
    refused: { code: 'not-utf8', line: 2, column: 3 },
  },
  {
    title: 'a NUL',
    source: bytes(`${usable}A=x`, [0], 'y'),
    refused: { code: 'binary', line: 2, column: 4 },
  },
  { title: 'mixed line ends', source: `${usable}A=1\rB=2\r\nC=3`, kept: ['B', '2'] },
  {
    title: 'a fault after mixed line ends',
    source: `${usable}A=1\rB=2\r\n1C=3`,
    noticed: { code: 'variable-name-not-portable', line: 4, column: 1 },
  },
  { title: 'no end to the last line', source: `${usable}A=1`, kept: ['A', '1'] },
  {
    title: 'a hundred thousand blank lines',
    source: `${'\n'.repeat(100_000)}${usable}`,
    kept: ['API_KEY', canary],
  },
  {
    title: 'a line of a megabyte, which is long but sound',
    source: `${usable}A=${'x'.repeat(1 << 20)}`,
    kept: ['A', 'x'.repeat(1 << 20)],
  },
  { title: 'nine megabytes', source: Buffer.alloc(9 << 20, usable), refused: { code: 'too-large' } },
  { title: 'no bytes', source: new Uint8Array(), refused: { code: 'empty' } },
  { title: 'white space only', source: ' \n\t\n', refused: { code: 'empty' } },
  { title: 'comments only', source: '# c\n', refused: { code: 'no-model-configs' } },
  {
    title: 'an invisible character in a name',
    source: `${usable}A\u202EB=x`,
    noticed: { code: 'variable-name-not-portable', line: 2, name: null },
  },
  { title: 'gzip', source: gzipSync(usable), refused: { code: 'binary' } },
  { title: 'zip', source: bytes('PK', [3, 4], usable), refused: { code: 'binary' } },
  { title: 'PNG', source: bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), refused: { code: 'binary' } },
  { title: 'SQLite', source: bytes('SQLite format 3', [0]), refused: { code: 'binary' } },
]

const json: BadInput[] = [
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
    source: configs(`{"m": {"api_key": ["${canary}"${',1'.repeat(1_000_000)}]}}`),
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
]

const model: BadInput[] = [
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
]

const keys: BadInput[] = [
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
]

export const badInputs: BadInput[] = [...lexical, ...semantic, ...binary, ...json, ...model, ...keys]
